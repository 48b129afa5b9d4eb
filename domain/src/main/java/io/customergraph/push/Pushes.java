package io.customergraph.push;

import io.customergraph.ingest.Ingestion;
import io.customergraph.ingest.Resolution;
import io.customergraph.paging.Row;
import io.customergraph.sql.LostRace;
import io.customergraph.tenant.TenantContext;
import io.customergraph.tenant.TenantId;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.reactive.TransactionalOperator;

import reactor.core.publisher.Mono;

import java.util.List;
import java.util.function.Function;

/**
 * Takes requests that bring records, each once: its id, its records and its answer are one
 * transaction. Of two with one id that come at once the second waits for the first's answer. It
 * costs the statements of one batch and three of its own, however many records there are.
 */
public final class Pushes {

    /** The connection is looked at again: since its secrets were read it may have been ended. */
    private static final String BEGIN =
            """
            WITH open AS MATERIALIZED (
                SELECT c.id, c.status
                FROM integration_connections c
                LEFT JOIN integration_webhook_configs w
                    ON w.tenant_id = c.tenant_id AND w.connection_id = c.id
                WHERE c.tenant_id = :tenant AND c.id = :connection
                  AND c.status IN ('active', 'paused')
                  AND coalesce(w.is_enabled, true)),
            begun AS (
                INSERT INTO integration_pushes (tenant_id, connection_id, request_id, body_sha256)
                SELECT :tenant, o.id, :request, decode(:sha256, 'hex')
                FROM open o
                WHERE o.status = 'active'
                ON CONFLICT (tenant_id, connection_id, request_id) DO NOTHING
                RETURNING request_id)
            SELECT CASE WHEN EXISTS (SELECT FROM begun) THEN 'begun'
                        ELSE coalesce((SELECT status FROM open), 'closed') END
            """;

    private static final String ANSWER =
            """
            UPDATE integration_pushes SET answer = :answer
            WHERE tenant_id = :tenant AND connection_id = :connection AND request_id = :request
            """;

    private static final String ANSWERED =
            """
            SELECT body_sha256 = decode(:sha256, 'hex'), answer
            FROM integration_pushes
            WHERE tenant_id = :tenant AND connection_id = :connection AND request_id = :request
            """;

    private final DatabaseClient database;
    private final TransactionalOperator transaction;
    private final Ingestion nested;

    /**
     * Takes requests into a database.
     *
     * @param nested whose transactions nest in that of the request, so that a record which the
     *     database refuses does not spoil it
     */
    public Pushes(DatabaseClient database, TransactionalOperator transaction, Ingestion nested) {
        this.database = database;
        this.transaction = transaction;
        this.nested = nested;
    }

    /**
     * Applies a request for the tenant of the context, where it did not come before.
     *
     * @param answer what is to be told of what became of the records, which are in their order
     */
    public Mono<PushReceipt> take(Push push, Function<List<Resolution>, String> answer) {
        return TenantContext.tenant()
                .flatMap(
                        tenant ->
                                Mono.defer(
                                                () ->
                                                        begin(tenant, push)
                                                                .flatMap(
                                                                        state ->
                                                                                go(
                                                                                        tenant,
                                                                                        push, state,
                                                                                        answer)))
                                        .as(transaction::transactional)
                                        .retryWhen(LostRace.again()));
    }

    private Mono<String> begin(TenantId tenant, Push push) {
        return of(BEGIN, tenant, push)
                .bind("sha256", push.bodySha256())
                .map(row -> Row.text(row, 0))
                .one();
    }

    private Mono<PushReceipt> go(
            TenantId tenant, Push push, String state, Function<List<Resolution>, String> answer) {
        return switch (state) {
            case "begun" ->
                    nested.ingest(push.records())
                            .map(answer)
                            .flatMap(
                                    told ->
                                            of(ANSWER, tenant, push)
                                                    .bind("answer", told)
                                                    .then()
                                                    .thenReturn(
                                                            new PushReceipt.Answered(told, false)));
            case "active" ->
                    of(ANSWERED, tenant, push)
                            .bind("sha256", push.bodySha256())
                            .<PushReceipt>map(
                                    row ->
                                            Row.flag(row, 0)
                                                    ? new PushReceipt.Answered(
                                                            Row.text(row, 1), true)
                                                    : new PushReceipt.OtherBody())
                            .one();
            case "paused" -> Mono.just(new PushReceipt.Paused());
            default -> Mono.just(new PushReceipt.Closed());
        };
    }

    private DatabaseClient.GenericExecuteSpec of(String sql, TenantId tenant, Push push) {
        return database.sql(sql)
                .bind("tenant", tenant.value())
                .bind("connection", push.connection())
                .bind("request", push.request());
    }
}
