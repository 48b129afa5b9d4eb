package io.customergraph.payment;

import io.customergraph.paging.Row;
import io.r2dbc.spi.Readable;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;

/**
 * A payment.
 *
 * @param invoiceId the invoice that it settled, where that is known here
 */
public record Transaction(
        UUID id,
        @Nullable UUID customerId,
        String sourceType,
        String sourceAccount,
        String externalId,
        @Nullable String customerExternalId,
        @Nullable String customerName,
        @Nullable String customerEmail,
        @Nullable String customerPhone,
        String status,
        BigDecimal amount,
        BigDecimal refundedAmount,
        String currency,
        @Nullable String paymentMethod,
        @Nullable String description,
        @Nullable Long shopifyOrderId,
        @Nullable Instant paidAt,
        Instant createdAt,
        Instant updatedAt,
        @Nullable UUID invoiceId) {

    /** Reads a row whose columns are {@code parent} and then these, in this order. */
    static Transaction read(Readable row) {
        return new Transaction(
                Row.id(row, 1),
                Row.idOrNull(row, 2),
                Row.text(row, 3),
                Row.text(row, 4),
                Row.text(row, 5),
                Row.textOrNull(row, 6),
                Row.textOrNull(row, 7),
                Row.textOrNull(row, 8),
                Row.textOrNull(row, 9),
                Row.text(row, 10),
                Row.decimal(row, 11),
                Row.decimal(row, 12),
                Row.text(row, 13),
                Row.textOrNull(row, 14),
                Row.textOrNull(row, 15),
                Row.bigNumberOrNull(row, 16),
                Row.timeOrNull(row, 17),
                Row.time(row, 18),
                Row.time(row, 19),
                Row.idOrNull(row, 20));
    }
}
