package io.customergraph.commerce;

import io.customergraph.paging.Row;
import io.r2dbc.spi.Readable;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** An order of a Shopify shop. */
public record ShopifyOrder(
        UUID id,
        String sourceAccount,
        long shopifyOrderId,
        @Nullable UUID customerId,
        @Nullable Long shopifyCustomerId,
        @Nullable String orderNumber,
        @Nullable String email,
        @Nullable String phone,
        @Nullable BigDecimal totalPrice,
        @Nullable BigDecimal subtotalPrice,
        @Nullable BigDecimal totalTax,
        @Nullable BigDecimal totalDiscounts,
        BigDecimal totalRefunded,
        String currency,
        @Nullable String financialStatus,
        @Nullable String fulfillmentStatus,
        @Nullable String landingSite,
        @Nullable String referringSite,
        @Nullable String sourceName,
        List<String> tags,
        Instant createdAt,
        Instant updatedAt,
        @Nullable Instant processedAt,
        @Nullable Instant closedAt,
        @Nullable Instant cancelledAt) {

    /** Reads a row whose columns are {@code parent} and then these, in this order. */
    static ShopifyOrder read(Readable row) {
        return new ShopifyOrder(
                Row.id(row, 1),
                Row.text(row, 2),
                Row.bigNumber(row, 3),
                Row.idOrNull(row, 4),
                Row.bigNumberOrNull(row, 5),
                Row.textOrNull(row, 6),
                Row.textOrNull(row, 7),
                Row.textOrNull(row, 8),
                Row.decimalOrNull(row, 9),
                Row.decimalOrNull(row, 10),
                Row.decimalOrNull(row, 11),
                Row.decimalOrNull(row, 12),
                Row.decimal(row, 13),
                Row.text(row, 14),
                Row.textOrNull(row, 15),
                Row.textOrNull(row, 16),
                Row.textOrNull(row, 17),
                Row.textOrNull(row, 18),
                Row.textOrNull(row, 19),
                Row.texts(row, 20),
                Row.time(row, 21),
                Row.time(row, 22),
                Row.timeOrNull(row, 23),
                Row.timeOrNull(row, 24),
                Row.timeOrNull(row, 25));
    }
}
