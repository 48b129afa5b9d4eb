package io.customergraph.payment;

import io.customergraph.paging.Row;
import io.r2dbc.spi.Readable;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;

/**
 * Money of a payment that was given back, or is to be.
 *
 * @param paymentExternalId what the source calls the payment by
 * @param transactionId null while the payment is not known here
 */
public record TransactionRefund(
        UUID id,
        String sourceType,
        String sourceAccount,
        String externalId,
        String paymentExternalId,
        @Nullable UUID transactionId,
        String status,
        BigDecimal amount,
        String currency,
        Instant createdAt,
        Instant updatedAt) {

    /** Reads a row whose columns are {@code parent} and then these, in this order. */
    static TransactionRefund read(Readable row) {
        return new TransactionRefund(
                Row.id(row, 1),
                Row.text(row, 2),
                Row.text(row, 3),
                Row.text(row, 4),
                Row.text(row, 5),
                Row.idOrNull(row, 6),
                Row.text(row, 7),
                Row.decimal(row, 8),
                Row.text(row, 9),
                Row.time(row, 10),
                Row.time(row, 11));
    }
}
