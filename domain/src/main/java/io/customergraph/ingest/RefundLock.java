package io.customergraph.ingest;

import io.customergraph.tenant.TenantId;

import reactor.core.publisher.Mono;

import java.util.List;

/**
 * Puts payments, invoices and refunds of an account in an order, to the end of the transaction. A
 * payment looks for its refunds and its invoice, and these for their payment; where both are
 * written at the same time, neither would see the other. Payments hold the lock together, refunds
 * and invoices that are settled alone. Who writes both takes it once, for two who first hold it
 * together would wait for each other.
 */
final class RefundLock {

    private static final String LOCK =
            """
            SELECT %s(hashtextextended(
                'refunds ' || :tenant || ' ' || source_type || ' ' || source_account, 0))
            FROM (SELECT DISTINCT source_type, source_account
                  FROM json_to_recordset(:rows::json) AS r (
                      source_type text, source_account text)
                  ORDER BY source_type, source_account) AS accounts
            """;

    private static final String TOGETHER = LOCK.formatted("pg_advisory_xact_lock_shared");
    private static final String ALONE = LOCK.formatted("pg_advisory_xact_lock");

    private RefundLock() {}

    private record Account(String sourceType, String sourceAccount) {}

    /** Takes what these records need, and nothing where there is neither payment nor refund. */
    static Mono<Void> take(RowStatements rows, TenantId tenant, List<SourceRecord> records) {
        List<Account> accounts =
                records.stream()
                        .filter(RefundLock::isConcerned)
                        .map(SourceRecord::origin)
                        .map(origin -> new Account(origin.sourceType(), origin.account()))
                        .distinct()
                        .toList();
        boolean isAlone = records.stream().anyMatch(RefundLock::looksForPayments);
        return rows.execute(isAlone ? ALONE : TOGETHER, tenant, accounts);
    }

    private static boolean looksForPayments(SourceRecord record) {
        return switch (record) {
            case SourceRecord.RefundRecord refund -> true;
            case SourceRecord.TransactionRecord payment -> payment.isInvoice();
            default -> false;
        };
    }

    private static boolean isConcerned(SourceRecord record) {
        return record instanceof SourceRecord.RefundRecord
                || record instanceof SourceRecord.TransactionRecord;
    }
}
