package io.customergraph.review;

import io.customergraph.paging.Row;
import io.customergraph.tenant.TenantContext;

import org.springframework.r2dbc.core.DatabaseClient;

import reactor.core.publisher.Mono;

/** Counts people's decisions about matching. */
public final class MatchQualities {

    private static final String COUNT =
            """
            SELECT count(*) FILTER (WHERE kind = 'merge' AND rule = 'score'
                                          AND withdrawn_by IS DISTINCT FROM 'resolver'),
                   count(*) FILTER (WHERE kind = 'merge' AND rule = 'score'
                                          AND withdrawn_by <> 'resolver'),
                   count(*) FILTER (WHERE kind = 'merge' AND rule = 'steward'
                                          AND withdrawn_at IS NULL),
                   count(*) FILTER (WHERE kind = 'ban' AND withdrawn_at IS NULL)
            FROM match_decisions
            WHERE tenant_id = :tenant AND other_customer_id IS NOT NULL
            """;

    private final DatabaseClient database;

    public MatchQualities(DatabaseClient database) {
        this.database = database;
    }

    /** Of the tenant of the context. */
    public Mono<MatchQuality> measure() {
        return TenantContext.tenant()
                .flatMap(
                        tenant ->
                                database.sql(COUNT)
                                        .bind("tenant", tenant.value())
                                        .map(
                                                row ->
                                                        new MatchQuality(
                                                                Row.bigNumber(row, 0),
                                                                Row.bigNumber(row, 1),
                                                                Row.bigNumber(row, 2),
                                                                Row.bigNumber(row, 3)))
                                        .one());
    }
}
