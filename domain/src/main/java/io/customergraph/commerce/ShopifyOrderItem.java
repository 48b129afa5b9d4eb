package io.customergraph.commerce;

import io.customergraph.paging.Row;
import io.r2dbc.spi.Readable;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.util.UUID;

/** A line of an order. */
public record ShopifyOrderItem(
        UUID id,
        UUID orderId,
        @Nullable UUID productId,
        @Nullable UUID variantId,
        long shopifyLineItemId,
        @Nullable Long shopifyProductId,
        @Nullable Long shopifyVariantId,
        @Nullable String title,
        @Nullable String variantTitle,
        @Nullable String sku,
        @Nullable String vendor,
        int quantity,
        @Nullable BigDecimal price,
        @Nullable BigDecimal totalDiscount,
        String currency,
        int position) {

    /** Reads a row whose columns are {@code parent} and then these, in this order. */
    static ShopifyOrderItem read(Readable row) {
        return new ShopifyOrderItem(
                Row.id(row, 1),
                Row.id(row, 2),
                Row.idOrNull(row, 3),
                Row.idOrNull(row, 4),
                Row.bigNumber(row, 5),
                Row.bigNumberOrNull(row, 6),
                Row.bigNumberOrNull(row, 7),
                Row.textOrNull(row, 8),
                Row.textOrNull(row, 9),
                Row.textOrNull(row, 10),
                Row.textOrNull(row, 11),
                Row.number(row, 12),
                Row.decimalOrNull(row, 13),
                Row.decimalOrNull(row, 14),
                Row.text(row, 15),
                Row.number(row, 16));
    }
}
