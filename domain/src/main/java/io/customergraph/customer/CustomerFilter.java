package io.customergraph.customer;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/**
 * What customers are to be like; null asks for nothing. Ranges hold their start and not their end.
 */
public record CustomerFilter(
        @Nullable String status,
        @Nullable String source,
        @Nullable String tag,
        @Nullable Boolean hasEmail,
        @Nullable Boolean hasPhone,
        @Nullable Instant createdFrom,
        @Nullable Instant createdTo,
        @Nullable Instant lastContactFrom,
        @Nullable Instant lastContactTo) {

    public static final CustomerFilter NONE =
            new CustomerFilter(null, null, null, null, null, null, null, null, null);
}
