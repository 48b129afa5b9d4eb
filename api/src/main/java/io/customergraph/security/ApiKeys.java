package io.customergraph.security;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;

import io.customergraph.limits.Allowances;

import reactor.core.publisher.Mono;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Tells whose key it is. What the database said is remembered for ten seconds, of good keys and of
 * bad ones: so long may a revoked key still open the API, and so seldom is the database asked for
 * the same key. Every key is hashed and looked up in the same way, whatever becomes of it.
 */
final class ApiKeys {

    static final Duration REMEMBERED = Duration.ofSeconds(10);

    private static final int REMEMBERED_KEYS = 20_000;

    private final KeyFormat format;
    private final KeyDirectory directory;
    private final InstantSource clock;
    private final Cache<KeyHash, CompletableFuture<Optional<ApiKey>>> remembered;

    ApiKeys(KeyFormat format, KeyDirectory directory, InstantSource clock, Ticker ticker) {
        this.format = format;
        this.directory = directory;
        this.clock = clock;
        this.remembered =
                Caffeine.newBuilder()
                        .maximumSize(REMEMBERED_KEYS)
                        .expireAfterWrite(REMEMBERED)
                        .ticker(ticker)
                        .build();
    }

    /** The caller; fails with {@link NotAuthenticated} for any key that does not open the API. */
    Mono<CallerAuthentication> authenticate(PresentedKey presented) {
        if (!format.matches(presented.text())) {
            return Mono.error(NotAuthenticated.badKey());
        }
        return found(KeyHash.of(presented.text()))
                .flatMap(
                        found ->
                                found.filter(key -> key.isGoodAt(clock.instant()))
                                        .map(key -> Mono.just(authentication(key)))
                                        .orElseGet(() -> Mono.error(NotAuthenticated.badKey())));
    }

    private Mono<Optional<ApiKey>> found(KeyHash hash) {
        CompletableFuture<Optional<ApiKey>> answer = remembered.get(hash, this::ask);
        // Others wait for the same answer, so one that goes away must not cancel it.
        return Mono.fromFuture(answer, true)
                .doOnError(_ -> remembered.asMap().remove(hash, answer));
    }

    private CompletableFuture<Optional<ApiKey>> ask(KeyHash hash) {
        return directory.find(hash).toFuture().thenApply(Optional::ofNullable);
    }

    private static CallerAuthentication authentication(ApiKey key) {
        return new CallerAuthentication(
                key.caller(), new Allowances.Holder("key/" + key.id(), key.requestsPerMinute()));
    }
}
