package io.customergraph.commerce;

import io.customergraph.paging.Row;
import io.r2dbc.spi.Readable;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;

/** A variant of a product. */
public record ShopifyProductVariant(
        UUID id,
        String sourceAccount,
        long shopifyVariantId,
        UUID productId,
        @Nullable String title,
        @Nullable String sku,
        @Nullable BigDecimal price,
        @Nullable BigDecimal compareAtPrice,
        @Nullable String currency,
        Instant createdAt,
        Instant updatedAt) {

    /** Reads a row whose columns are {@code parent} and then these, in this order. */
    static ShopifyProductVariant read(Readable row) {
        return new ShopifyProductVariant(
                Row.id(row, 1),
                Row.text(row, 2),
                Row.bigNumber(row, 3),
                Row.id(row, 4),
                Row.textOrNull(row, 5),
                Row.textOrNull(row, 6),
                Row.decimalOrNull(row, 7),
                Row.decimalOrNull(row, 8),
                Row.textOrNull(row, 9),
                Row.time(row, 10),
                Row.time(row, 11));
    }
}
