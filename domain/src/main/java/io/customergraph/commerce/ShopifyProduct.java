package io.customergraph.commerce;

import io.customergraph.paging.Row;
import io.r2dbc.spi.Readable;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** A product of a Shopify shop. */
public record ShopifyProduct(
        UUID id,
        String sourceAccount,
        long shopifyProductId,
        @Nullable String title,
        @Nullable String handle,
        @Nullable String productType,
        @Nullable String status,
        @Nullable String vendor,
        List<String> tags,
        Instant createdAt,
        Instant updatedAt,
        @Nullable Instant publishedAt) {

    /** Reads a row whose columns are {@code parent} and then these, in this order. */
    static ShopifyProduct read(Readable row) {
        return new ShopifyProduct(
                Row.id(row, 1),
                Row.text(row, 2),
                Row.bigNumber(row, 3),
                Row.textOrNull(row, 4),
                Row.textOrNull(row, 5),
                Row.textOrNull(row, 6),
                Row.textOrNull(row, 7),
                Row.textOrNull(row, 8),
                Row.texts(row, 9),
                Row.time(row, 10),
                Row.time(row, 11),
                Row.timeOrNull(row, 12));
    }
}
