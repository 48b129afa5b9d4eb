package io.customergraph.commerce;

import io.customergraph.paging.Row;
import io.r2dbc.spi.Readable;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** A shop's customer, as the shop knows them. */
public record ShopifyCustomer(
        UUID id,
        String sourceAccount,
        long shopifyCustomerId,
        @Nullable UUID customerId,
        @Nullable String email,
        @Nullable String firstName,
        @Nullable String lastName,
        @Nullable String phone,
        boolean verifiedEmail,
        @Nullable Boolean acceptsMarketing,
        @Nullable Integer ordersCount,
        @Nullable BigDecimal totalSpent,
        @Nullable String currency,
        @Nullable String state,
        List<String> tags,
        Instant createdAt,
        Instant updatedAt) {

    /** Reads a row whose columns are {@code parent} and then these, in this order. */
    static ShopifyCustomer read(Readable row) {
        return new ShopifyCustomer(
                Row.id(row, 1),
                Row.text(row, 2),
                Row.bigNumber(row, 3),
                Row.idOrNull(row, 4),
                Row.textOrNull(row, 5),
                Row.textOrNull(row, 6),
                Row.textOrNull(row, 7),
                Row.textOrNull(row, 8),
                Row.flag(row, 9),
                Row.flagOrNull(row, 10),
                Row.numberOrNull(row, 11),
                Row.decimalOrNull(row, 12),
                Row.textOrNull(row, 13),
                Row.textOrNull(row, 14),
                Row.texts(row, 15),
                Row.time(row, 16),
                Row.time(row, 17));
    }
}
