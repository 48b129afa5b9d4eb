package io.customergraph.review;

import io.customergraph.paging.Connection;
import io.customergraph.paging.Cursor;
import io.customergraph.paging.Lookup;
import io.customergraph.paging.PageRequest;
import io.customergraph.paging.Row;
import io.customergraph.sql.JsonRows;
import io.customergraph.tenant.TenantContext;
import io.customergraph.tenant.TenantId;

import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;

import reactor.core.publisher.Mono;

import java.util.List;
import java.util.UUID;

/** Reads candidates; those whose decision is worth most come first. */
public final class MatchCandidates {

    private static final String COLUMNS =
            """
            m.id, m.customer_id, m.other_customer_id, m.reason, m.status, m.probability,
            m.expected_value, m.decided_by, m.model_version, m.found_at, m.scored_at, m.closed_at,
            m.closed_by, m.closed_reason
            """;

    private static final String BY_ID =
            "SELECT m.id, "
                    + COLUMNS
                    + "FROM match_candidates m WHERE m.tenant_id = $1 AND m.id = ANY ($2)";

    /** A customer is on either side, and each side has its own index. */
    private static final String OPEN_BY_CUSTOMER =
            """
            SELECT p.id, m.*
            FROM unnest($2::uuid[]) AS p (id)
            CROSS JOIN LATERAL (
                SELECT
            """
                    + COLUMNS
                    + """
                        FROM match_candidates m
                        WHERE m.tenant_id = $1 AND p.id IN (m.customer_id, m.other_customer_id)
                          AND m.status = 'open' AND (m.expected_value, m.id) %1$s ($3::float8, $4)
                        ORDER BY m.expected_value %2$s, m.id %2$s
                        LIMIT $5) AS m
                    """;

    private static final String COUNT_BY_CUSTOMER =
            """
            SELECT p.id, (SELECT count(*) FROM match_candidates m
                          WHERE m.tenant_id = $1 AND p.id IN (m.customer_id, m.other_customer_id)
                            AND m.status = 'open')
            FROM unnest($2::uuid[]) AS p (id)
            """;

    private static final String LIST =
            "SELECT m.id, "
                    + COLUMNS
                    + """
                    FROM match_candidates m
                    WHERE m.tenant_id = :tenant AND m.status = :status
                      AND (:reasons::text[] IS NULL OR m.reason = ANY (:reasons))
                      AND (:least::float8 IS NULL OR m.probability >= :least)
                      AND (m.expected_value, m.id) < (:key::float8, :id)
                    ORDER BY m.expected_value DESC, m.id DESC
                    LIMIT :limit
                    """;

    private static final String COUNT =
            """
            SELECT count(*) FROM match_candidates m
            WHERE m.tenant_id = :tenant AND m.status = :status
              AND (:reasons::text[] IS NULL OR m.reason = ANY (:reasons))
              AND (:least::float8 IS NULL OR m.probability >= :least)
            """;

    private static final UUID GREATEST_ID = new UUID(-1, -1);
    private static final Cursor FIRST = new Cursor(key(Double.MAX_VALUE), GREATEST_ID);
    private static final Cursor LAST = new Cursor(key(0), new UUID(0, 0));

    public static final Lookup<MatchCandidate> LOOKUP =
            new Lookup<>("MatchCandidate", BY_ID, MatchCandidate::read);

    /** The open candidates of a customer, the most valuable first. */
    public static final Connection<MatchCandidate> OF_CUSTOMER =
            new Connection<>(
                    "Customer.matchCandidates",
                    OPEN_BY_CUSTOMER.formatted("<", "DESC"),
                    OPEN_BY_CUSTOMER.formatted(">", "ASC"),
                    COUNT_BY_CUSTOMER,
                    MatchCandidate::read,
                    candidate -> key(candidate.expectedValue()),
                    MatchCandidate::id,
                    Double::longBitsToDouble,
                    FIRST,
                    LAST,
                    false);

    private final DatabaseClient database;

    public MatchCandidates(DatabaseClient database) {
        this.database = database;
    }

    /** Of numbers that are not negative the bits have the same order. */
    private static long key(double expectedValue) {
        return Double.doubleToLongBits(expectedValue);
    }

    /** The place of a candidate in the list. */
    public static Cursor cursor(MatchCandidate candidate) {
        return new Cursor(key(candidate.expectedValue()), candidate.id());
    }

    /**
     * What candidates are wanted.
     *
     * @param reasons null for all
     * @param leastProbability null for any, and for those that were not compared yet
     */
    public record Filter(
            String status, @Nullable List<String> reasons, @Nullable Double leastProbability) {}

    /** Up to one more than the limit, from the cursor on. */
    public Mono<List<MatchCandidate>> list(Filter filter, PageRequest page) {
        Cursor cursor = page.cursor();
        Cursor from = cursor == null ? FIRST : cursor;
        return TenantContext.tenant()
                .flatMap(
                        tenant ->
                                bind(LIST, tenant, filter)
                                        .bind("key", Double.longBitsToDouble(from.key()))
                                        .bind("id", from.id())
                                        .bind("limit", page.limit() + 1)
                                        .map(MatchCandidate::read)
                                        .all()
                                        .collectList());
    }

    public Mono<Long> count(Filter filter) {
        return TenantContext.tenant()
                .flatMap(
                        tenant ->
                                bind(COUNT, tenant, filter)
                                        .map(row -> Row.bigNumber(row, 0))
                                        .one());
    }

    private GenericExecuteSpec bind(String sql, TenantId tenant, Filter filter) {
        GenericExecuteSpec spec =
                database.sql(sql)
                        .bind("tenant", tenant.value())
                        .bind("status", JsonRows.clean(filter.status));
        spec =
                filter.reasons == null
                        ? spec.bindNull("reasons", String[].class)
                        : spec.bind("reasons", filter.reasons.toArray(String[]::new));
        return filter.leastProbability == null
                ? spec.bindNull("least", Double.class)
                : spec.bind("least", filter.leastProbability);
    }
}
