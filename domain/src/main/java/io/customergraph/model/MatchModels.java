package io.customergraph.model;

import io.customergraph.paging.Cursor;
import io.customergraph.paging.Lookup;
import io.customergraph.paging.PageRequest;
import io.customergraph.paging.Row;
import io.customergraph.sql.JsonRows;
import io.customergraph.tenant.TenantContext;

import org.springframework.r2dbc.core.DatabaseClient;

import reactor.core.publisher.Mono;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;

/** Reads the versions of a tenant's model, the newest first. */
public final class MatchModels {

    private static final String COLUMNS =
            """
            m.id, m.version, m.status, m.model::text, m.run_id, m.customers, m.rounds,
            m.last_change, m.converged, m.expected_matches, m.patterns, m.actor, m.trained_at,
            m.in_use_since
            """;

    private static final String BY_ID =
            "SELECT m.id, "
                    + COLUMNS
                    + "FROM match_models m WHERE m.tenant_id = $1 AND m.id = ANY ($2)";

    private static final String BY_RUN =
            "SELECT m.run_id, "
                    + COLUMNS
                    + "FROM match_models m WHERE m.tenant_id = $1 AND m.run_id = ANY ($2)";

    private static final String BY_VERSION =
            "SELECT m.id, "
                    + COLUMNS
                    + "FROM match_models m WHERE m.tenant_id = :tenant AND m.version = :version";

    private static final String IN_USE =
            """
            SELECT version FROM match_models WHERE tenant_id = :tenant AND status = 'in_use'
            """;

    private static final String LIST =
            "SELECT m.id, "
                    + COLUMNS
                    + """
                    FROM match_models m
                    WHERE m.tenant_id = :tenant AND (m.trained_at, m.id) < (:time, :id)
                    ORDER BY m.trained_at DESC, m.id DESC
                    LIMIT :limit
                    """;

    private static final String COUNT =
            "SELECT count(*) FROM match_models WHERE tenant_id = :tenant";

    private static final Cursor FIRST =
            new Cursor(micros(Instant.parse("9999-12-31T00:00:00Z")), new UUID(-1, -1));

    private static final Cursor LAST =
            new Cursor(micros(Instant.parse("0001-01-01T00:00:00Z")), new UUID(0, 0));

    public static final Lookup<MatchModel> LOOKUP =
            new Lookup<>("MatchModel", BY_ID, MatchModel::read);

    /** The model that a run trained. */
    public static final Lookup<MatchModel> OF_RUN =
            new Lookup<>("MatchRun.trained", BY_RUN, MatchModel::read);

    private final DatabaseClient database;

    public MatchModels(DatabaseClient database) {
        this.database = database;
    }

    private static long micros(Instant time) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, time);
    }

    /** The place of a version in the list. */
    public static Cursor cursor(MatchModel model) {
        return new Cursor(micros(model.trainedAt()), model.id());
    }

    /** Whether a version could be there. */
    public static boolean isPlace(Cursor cursor) {
        return LAST.key() <= cursor.key() && cursor.key() <= FIRST.key();
    }

    /** Up to one more than the limit, from the cursor on. */
    public Mono<List<MatchModel>> list(PageRequest page) {
        Cursor cursor = page.cursor();
        Cursor from = cursor == null ? FIRST : cursor;
        return TenantContext.tenant()
                .flatMap(
                        tenant ->
                                database.sql(LIST)
                                        .bind("tenant", tenant.value())
                                        .bind(
                                                "time",
                                                Instant.EPOCH.plus(from.key(), ChronoUnit.MICROS))
                                        .bind("id", from.id())
                                        .bind("limit", page.limit() + 1)
                                        .map(MatchModel::read)
                                        .all()
                                        .collectList());
    }

    /** A version; empty where the tenant has none of it, and for the shipped one. */
    public Mono<MatchModel> ofVersion(String version) {
        return TenantContext.tenant()
                .flatMap(
                        tenant ->
                                database.sql(BY_VERSION)
                                        .bind("tenant", tenant.value())
                                        .bind("version", JsonRows.clean(version))
                                        .map(MatchModel::read)
                                        .one());
    }

    /** The version in use: the shipped one where no other is. */
    public Mono<String> inUse() {
        return TenantContext.tenant()
                .flatMap(
                        tenant ->
                                database.sql(IN_USE)
                                        .bind("tenant", tenant.value())
                                        .map(row -> Row.text(row, 0))
                                        .one())
                .defaultIfEmpty(io.customergraph.matching.score.MatchModel.SHIPPED);
    }

    public Mono<Long> count() {
        return TenantContext.tenant()
                .flatMap(
                        tenant ->
                                database.sql(COUNT)
                                        .bind("tenant", tenant.value())
                                        .map(row -> Row.bigNumber(row, 0))
                                        .one());
    }
}
