package io.customergraph.commerce;

import io.customergraph.paging.Row;
import io.r2dbc.spi.Readable;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;

/**
 * What a shop gave back of an order at once.
 *
 * @param orderId null while the order is not known here
 * @param currency null where no money was given back
 */
public record ShopifyRefund(
        UUID id,
        String sourceAccount,
        long shopifyRefundId,
        long shopifyOrderId,
        @Nullable UUID orderId,
        BigDecimal amount,
        @Nullable String currency,
        @Nullable Instant processedAt,
        Instant createdAt,
        Instant updatedAt) {

    /** Reads a row whose columns are {@code parent} and then these, in this order. */
    static ShopifyRefund read(Readable row) {
        return new ShopifyRefund(
                Row.id(row, 1),
                Row.text(row, 2),
                Row.bigNumber(row, 3),
                Row.bigNumber(row, 4),
                Row.idOrNull(row, 5),
                Row.decimal(row, 6),
                Row.textOrNull(row, 7),
                Row.timeOrNull(row, 8),
                Row.time(row, 9),
                Row.time(row, 10));
    }
}
