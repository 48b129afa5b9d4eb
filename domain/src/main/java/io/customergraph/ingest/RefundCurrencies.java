package io.customergraph.ingest;

import io.customergraph.ingest.SourceRecord.RefundRecord;
import io.customergraph.ingest.SourceRecord.TransactionRecord;
import io.customergraph.sql.JsonRows;
import io.customergraph.tenant.TenantId;

import org.springframework.r2dbc.core.DatabaseClient;

import reactor.core.publisher.Mono;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Finds refunds that are in another currency than their payments, which nobody can add up. */
final class RefundCurrencies {

    private static final String SELECT =
            """
            WITH refunds AS (
                SELECT * FROM json_to_recordset(:rows::json) AS r (
                    place integer, source_type text, source_account text, payment text,
                    currency text))
            SELECT r.place, t.currency FROM refunds r JOIN transactions t
                ON t.tenant_id = (SELECT :tenant) AND t.source_type = r.source_type
               AND t.source_account = r.source_account AND t.external_id = r.payment
            WHERE t.currency <> r.currency
            UNION
            SELECT r.place, t.currency FROM refunds r JOIN transactions t
                ON t.tenant_id = (SELECT :tenant) AND t.source_type = r.source_type
               AND t.source_account = r.source_account AND t.also_known_as = r.payment
            WHERE t.currency <> r.currency
            """;

    private final DatabaseClient database;

    RefundCurrencies(DatabaseClient database) {
        this.database = database;
    }

    private record Row(
            int place, String sourceType, String sourceAccount, String payment, String currency) {}

    private record PaymentKey(String sourceType, String account, String id) {}

    /** Those that are rejected, by their places; no statement where there is no refund. */
    Mono<Map<Integer, Resolution.Rejected>> rejected(TenantId tenant, List<SourceRecord> records) {
        List<Row> refunds = new ArrayList<>();
        Map<PaymentKey, String> besides = new HashMap<>();
        for (int place = 0; place < records.size(); place++) {
            Origin origin = records.get(place).origin();
            if (records.get(place) instanceof RefundRecord refund) {
                refunds.add(
                        new Row(
                                place,
                                origin.sourceType(),
                                origin.account(),
                                refund.paymentId(),
                                refund.amount().currency()));
            } else if (records.get(place) instanceof TransactionRecord payment) {
                String currency = payment.amount().currency();
                besides.put(key(origin, origin.externalId()), currency);
                if (payment.alsoKnownAs() != null) {
                    besides.put(key(origin, payment.alsoKnownAs()), currency);
                }
            }
        }
        if (refunds.isEmpty()) {
            return Mono.just(Map.of());
        }
        Map<Integer, Resolution.Rejected> rejected = new HashMap<>();
        for (Row refund : refunds) {
            String currency =
                    besides.get(
                            new PaymentKey(
                                    refund.sourceType, refund.sourceAccount, refund.payment));
            if (currency != null && !currency.equals(refund.currency)) {
                rejected.put(refund.place, because(refund.currency, currency));
            }
        }
        return database.sql(SELECT)
                .bind("tenant", tenant.value())
                .bind("rows", JsonRows.of(refunds))
                .map(
                        row ->
                                Map.entry(
                                        Objects.requireNonNull(row.get(0, Integer.class)),
                                        Objects.requireNonNull(row.get(1, String.class))))
                .all()
                .doOnNext(
                        other ->
                                rejected.put(
                                        other.getKey(),
                                        because(
                                                ((RefundRecord) records.get(other.getKey()))
                                                        .amount()
                                                        .currency(),
                                                other.getValue())))
                .then(Mono.just(rejected));
    }

    private static PaymentKey key(Origin origin, String id) {
        return new PaymentKey(origin.sourceType(), origin.account(), id);
    }

    private static Resolution.Rejected because(String refund, String payment) {
        return new Resolution.Rejected(
                "A refund in %s of a payment in %s is not counted".formatted(refund, payment));
    }
}
