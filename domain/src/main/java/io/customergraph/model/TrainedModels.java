package io.customergraph.model;

import io.customergraph.id.TimeOrderedId;
import io.customergraph.matching.score.Agreements;
import io.customergraph.matching.score.Calibrating;
import io.customergraph.matching.score.Calibration;
import io.customergraph.matching.score.MatchModel;
import io.customergraph.matching.score.Training;
import io.customergraph.sql.JsonRows;
import io.customergraph.tenant.TenantId;

import org.springframework.r2dbc.core.DatabaseClient;

import reactor.core.publisher.Mono;

import tools.jackson.core.type.TypeReference;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/** Stores what was learnt, as a version that is not in use. */
public final class TrainedModels {

    /** Decisions that a model is calibrated by: the latest. */
    private static final int MOST_DECISIONS = 10_000;

    private static final TypeReference<Map<String, String>> LEVELS = new TypeReference<>() {};

    /** What the queue merged or closed by itself says nothing of the model that had it do so. */
    private static final String DECIDED =
            """
            SELECT agreement::text, status = 'merged'
            FROM match_candidates
            WHERE tenant_id = :tenant AND status IN ('merged', 'rejected')
              AND closed_by <> 'resolver' AND agreement IS NOT NULL
            ORDER BY closed_at DESC
            LIMIT :limit
            """;

    private static final String NEXT_VERSION =
            """
            SELECT 'trained-' || coalesce(max(substr(version, 9)::bigint), 0) + 1
            FROM match_models WHERE tenant_id = :tenant
            """;

    /** A node that was taken for dead stores nothing. */
    private static final String INSERT =
            """
            INSERT INTO match_models (
                tenant_id, id, version, model, run_id, customers, rounds, last_change, converged,
                expected_matches, patterns, actor)
            SELECT :tenant, :id, :version, :model::jsonb, r.id, :customers, :rounds, :lastChange,
                   :converged, :expectedMatches, :patterns, r.actor
            FROM match_runs r
            WHERE r.tenant_id = :tenant AND r.id = :run AND r.status = 'running'
            ON CONFLICT DO NOTHING
            """;

    private final DatabaseClient database;

    public TrainedModels(DatabaseClient database) {
        this.database = database;
    }

    /**
     * Stores a model, calibrated by what people decided; to be called within the transaction that
     * ends the run.
     *
     * @param customers that it was learnt from
     * @return its version; empty where another node ended the run
     */
    public Mono<String> store(TenantId tenant, UUID run, Training.Outcome outcome, long customers) {
        return decided(tenant)
                .map(decided -> calibrated(outcome.model(), decided))
                .flatMap(
                        model ->
                                nextVersion(tenant)
                                        .flatMap(
                                                version ->
                                                        insert(
                                                                tenant,
                                                                run,
                                                                model.named(version),
                                                                outcome,
                                                                customers)));
    }

    /** How a pair agreed, and what a person said of it. */
    private record Decided(Map<String, String> levels, boolean isOnePerson) {}

    private Mono<List<Decided>> decided(TenantId tenant) {
        return database.sql(DECIDED)
                .bind("tenant", tenant.value())
                .bind("limit", MOST_DECISIONS)
                .map(
                        row ->
                                new Decided(
                                        JsonRows.MAPPER.readValue(
                                                Objects.requireNonNull(row.get(0, String.class)),
                                                LEVELS),
                                        Boolean.TRUE.equals(row.get(1, Boolean.class))))
                .all()
                .collectList();
    }

    private static MatchModel calibrated(MatchModel model, List<Decided> decided) {
        Agreements agreements = new Agreements(model);
        List<Calibrating.Label> labels = new ArrayList<>(decided.size());
        for (Decided pair : decided) {
            agreements
                    .bits(pair.levels)
                    .ifPresent(bits -> labels.add(new Calibrating.Label(bits, pair.isOnePerson)));
        }
        Calibration calibration = Calibrating.fit(labels);
        return model.calibrated(calibration);
    }

    private Mono<String> nextVersion(TenantId tenant) {
        return database.sql(NEXT_VERSION)
                .bind("tenant", tenant.value())
                .map(row -> Objects.requireNonNull(row.get(0, String.class)))
                .one();
    }

    private Mono<String> insert(
            TenantId tenant, UUID run, MatchModel model, Training.Outcome outcome, long customers) {
        return database.sql(INSERT)
                .bind("tenant", tenant.value())
                .bind("id", TimeOrderedId.next())
                .bind("version", model.version())
                .bind("model", JsonRows.MAPPER.writeValueAsString(model))
                .bind("run", run)
                .bind("customers", customers)
                .bind("rounds", outcome.rounds())
                .bind("lastChange", outcome.lastChange())
                .bind("converged", outcome.hasConverged())
                .bind("expectedMatches", outcome.expectedMatches())
                .bind("patterns", outcome.patterns())
                .fetch()
                .rowsUpdated()
                .filter(rows -> rows > 0)
                .map(rows -> model.version());
    }
}
