package io.customergraph.limits;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

import org.springframework.stereotype.Component;

import java.time.Duration;

/**
 * The allowances of the callers of this server; each server counts for itself. One that was not
 * used for two minutes would be full again and is forgotten.
 */
@Component
public final class Allowances {

    private static final int CALLERS = 20_000;

    private final Cache<Holder, Allowance> byHolder =
            Caffeine.newBuilder()
                    .maximumSize(CALLERS)
                    .expireAfterAccess(Duration.ofMinutes(2))
                    .build();

    /**
     * Who holds an allowance.
     *
     * @param name of the key or the token's subject, unique over all tenants
     * @param requestsPerMinute when it changes, a new allowance begins
     */
    public record Holder(String name, int requestsPerMinute) {}

    /** The allowance that all requests of the holder share. */
    public Allowance of(Holder holder) {
        return byHolder.get(holder, h -> new Allowance(h.requestsPerMinute()));
    }
}
