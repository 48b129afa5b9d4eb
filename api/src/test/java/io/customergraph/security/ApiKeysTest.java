package io.customergraph.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.customergraph.tenant.Caller;
import io.customergraph.tenant.TenantId;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

class ApiKeysTest {

    private static final String KEY = "cg_abcdefgh_" + "x".repeat(43);
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private final AtomicLong elapsed = new AtomicLong();
    private final AtomicInteger questions = new AtomicInteger();
    private final AtomicBoolean revoked = new AtomicBoolean();

    @Test
    void the_database_is_asked_once_in_ten_seconds_for_a_good_key_and_for_a_bad_one() {
        ApiKeys keys = keys(KeyFormat.ofProduction(), null);
        String unknown = "cg_abcdefgh_" + "y".repeat(43);

        for (int i = 0; i < 5; i++) {
            assertOpens(keys, KEY);
            assertRefuses(keys, unknown);
        }

        assertThat(questions).hasValue(2);
    }

    @Test
    void a_revoked_key_opens_nothing_after_ten_seconds() {
        ApiKeys keys = keys(KeyFormat.ofProduction(), null);
        assertOpens(keys, KEY);
        revoked.set(true);

        assertOpens(keys, KEY);
        elapsed.addAndGet(Duration.ofSeconds(10).toNanos());
        assertRefuses(keys, KEY);
    }

    @Test
    void a_key_that_ends_while_it_is_remembered_ends_at_once() {
        assertOpens(keys(KeyFormat.ofProduction(), NOW.plusNanos(1)), KEY);
        assertRefuses(keys(KeyFormat.ofProduction(), NOW), KEY);
    }

    @Test
    void many_requests_at_once_ask_once_and_one_that_leaves_disturbs_nobody() {
        Sinks.One<ApiKey> answer = Sinks.one();
        ApiKeys keys =
                new ApiKeys(
                        KeyFormat.ofProduction(),
                        _ -> {
                            questions.incrementAndGet();
                            return answer.asMono();
                        },
                        () -> NOW,
                        elapsed::get);
        Flux<CallerAuthentication> sixtyFour =
                Flux.range(0, 64).flatMap(_ -> keys.authenticate(new PresentedKey(KEY)), 64);

        keys.authenticate(new PresentedKey(KEY)).subscribe().dispose();
        StepVerifier.create(sixtyFour)
                .then(() -> answer.tryEmitValue(apiKey(null)))
                .expectNextCount(64)
                .verifyComplete();

        assertThat(questions).hasValue(1);
    }

    @Test
    void a_failure_to_ask_is_not_remembered() {
        ApiKeys keys =
                new ApiKeys(
                        KeyFormat.ofProduction(),
                        _ ->
                                questions.incrementAndGet() == 1
                                        ? Mono.error(new IllegalStateException("no connection"))
                                        : Mono.just(apiKey(null)),
                        () -> NOW,
                        elapsed::get);

        StepVerifier.create(keys.authenticate(new PresentedKey(KEY)))
                .verifyError(IllegalStateException.class);
        assertOpens(keys, KEY);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "demo-admin",
                "rival-admin",
                "cg_short",
                "xx_abcdefgh_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
                "cg_abcdefgh-xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
                "cg_abcdefgh_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx ",
                "cg_abcdefgh_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
            })
    void text_that_is_no_random_key_is_not_even_looked_up(String text) {
        assertRefuses(keys(KeyFormat.ofProduction(), null), text);
        assertThat(questions).hasValue(0);
    }

    @Test
    void the_fixed_keys_are_looked_up_in_the_demo_only() {
        assertThat(DemoKey.texts())
                .isEqualTo(
                        List.of(
                                "demo-dashboard",
                                "demo-analyst",
                                "demo-partner",
                                "demo-steward",
                                "demo-admin",
                                "rival-admin"))
                .allMatch(KeyFormat.ofDemo()::matches)
                .noneMatch(KeyFormat.ofProduction()::matches);
        assertThat(KeyFormat.ofDemo().matches("demo-root")).isFalse();
        assertThat(DemoKey.RIVAL_ADMIN.tenant()).isEqualTo("rival");
    }

    private ApiKeys keys(KeyFormat format, @Nullable Instant end) {
        KeyHash known = KeyHash.of(KEY);
        return new ApiKeys(
                format,
                hash -> {
                    questions.incrementAndGet();
                    return hash.equals(known) && !revoked.get()
                            ? Mono.just(apiKey(end))
                            : Mono.empty();
                },
                () -> NOW,
                elapsed::get);
    }

    private static ApiKey apiKey(@Nullable Instant end) {
        return new ApiKey(
                UUID.randomUUID(), new Caller(new TenantId("acme"), "key:test", Set.of()), 10, end);
    }

    private static void assertOpens(ApiKeys keys, String text) {
        StepVerifier.create(keys.authenticate(new PresentedKey(text)))
                .assertNext(a -> assertThat(a.caller().name()).isEqualTo("key:test"))
                .verifyComplete();
    }

    private static void assertRefuses(ApiKeys keys, String text) {
        StepVerifier.create(keys.authenticate(new PresentedKey(text)))
                .verifyErrorMessage("The API key is not valid");
    }
}
