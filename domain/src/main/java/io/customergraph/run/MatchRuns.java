package io.customergraph.run;

import io.customergraph.change.AuditLog;
import io.customergraph.customer.UserError;
import io.customergraph.id.TimeOrderedId;
import io.customergraph.matching.score.CustomerTraining;
import io.customergraph.matching.score.MatchModel;
import io.customergraph.model.ModelChoice;
import io.customergraph.model.ScoringModels;
import io.customergraph.sql.SqlText;
import io.customergraph.tenant.Caller;
import io.customergraph.tenant.TenantContext;
import io.customergraph.tenant.TenantId;

import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;
import org.springframework.transaction.reactive.TransactionalOperator;

import reactor.core.publisher.Mono;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/** Runs as they are asked for, taken up, and told of. */
public final class MatchRuns {

    /** A run whose node dies again and again is not tried for ever. */
    private static final int MAX_ATTEMPTS = 5;

    private static final String INSERT =
            """
            INSERT INTO match_runs (tenant_id, id, mode, actor, model_version)
            VALUES (:tenant, :id, :mode, :actor,
                    CASE WHEN :isTraining THEN NULL
                         ELSE coalesce(:model::text,
                                       (SELECT version FROM match_models
                                        WHERE tenant_id = :tenant AND status = 'in_use'),
                                       :shipped::text) END)
            """;

    private static final String CLAIM =
            """
            UPDATE match_runs r
            SET status = CASE WHEN attempts < :most THEN 'running' ELSE 'failed' END,
                phase = 'reading', processed = 0, total = 0, attempts = attempts + 1,
                started_at = coalesce(started_at, now()), heartbeat_at = now(),
                finished_at = CASE WHEN attempts < :most THEN NULL ELSE now() END,
                failure = CASE WHEN attempts < :most THEN NULL
                               ELSE 'its nodes ended ' || attempts || ' times' END
            WHERE r.tenant_id = :tenant AND r.id = (
                SELECT id FROM match_runs
                WHERE tenant_id = :tenant
                  AND (status = 'queued' OR (status = 'running'
                       AND heartbeat_at < now() - interval '1 minute'))
                FOR NO KEY UPDATE SKIP LOCKED
                LIMIT 1)
            RETURNING r.id, r.mode, r.status, r.model_version
            """;

    private static final String PROGRESS =
            """
            UPDATE match_runs
            SET phase = :phase, processed = :processed, total = :total, heartbeat_at = now()
            WHERE tenant_id = :tenant AND id = :id AND status = 'running'
            """;

    private static final String BEAT =
            """
            UPDATE match_runs SET heartbeat_at = now()
            WHERE tenant_id = :tenant AND id = :id AND status = 'running'
            """;

    private static final String COMPARED =
            """
            UPDATE match_runs
            SET customers = :customers, compared_pairs = :compared, likely_pairs = :likely,
                review_pairs = :review, model_version = :model, heartbeat_at = now()
            WHERE tenant_id = :tenant AND id = :id
            """;

    private static final String TRAINED =
            """
            UPDATE match_runs
            SET status = 'finished', phase = 'done', finished_at = now(), customers = :customers,
                processed = :customers, compared_pairs = :compared, model_version = :model,
                rounds = :rounds, last_change = :lastChange
            WHERE tenant_id = :tenant AND id = :id AND status = 'running'
            """;

    private static final String REFUSE =
            """
            UPDATE match_runs
            SET status = 'failed', finished_at = now(), customers = :customers, failure = :reason,
                rounds = :rounds, last_change = :lastChange
            WHERE tenant_id = :tenant AND id = :id AND status = 'running'
            """;

    private static final String FINISH =
            """
            UPDATE match_runs r
            SET status = 'finished', phase = 'done', processed = total, finished_at = now(),
                merged = (SELECT count(*) FROM match_decisions d
                          WHERE d.tenant_id = :tenant AND d.kind = 'merge' AND d.rule = 'score'
                            AND d.decided_at >= r.started_at)
            WHERE r.tenant_id = :tenant AND r.id = :id AND r.status = 'running'
            """;

    private static final String FAIL =
            """
            UPDATE match_runs SET status = 'failed', finished_at = now(), failure = :failure
            WHERE tenant_id = :tenant AND id = :id AND status = 'running'
            """;

    private final DatabaseClient database;
    private final TransactionalOperator transaction;
    private final AuditLog audit;
    private final ScoringModels models;

    public MatchRuns(DatabaseClient database, TransactionalOperator transaction) {
        this.database = database;
        this.transaction = transaction;
        this.audit = new AuditLog(database);
        this.models = new ScoringModels(database);
    }

    /**
     * Asks for a run.
     *
     * @param mode {@code dry_run}, {@code apply} or {@code train}
     * @param model the version to compare by, for a dry run; null for the one in use now
     */
    public Mono<RunRequest> request(String mode, @Nullable String model) {
        if (model != null && !mode.equals("dry_run")) {
            return Mono.just(new RunRequest.Refused(notTried()));
        }
        return TenantContext.caller()
                .flatMap(
                        caller ->
                                isThere(caller, model)
                                        .flatMap(
                                                isThere ->
                                                        isThere
                                                                ? insert(caller, mode, model)
                                                                : Mono.just(
                                                                        new RunRequest.Refused(
                                                                                ModelChoice
                                                                                        .notThere(
                                                                                                "model")))));
    }

    private static UserError notTried() {
        return UserError.of(
                UserError.Code.INVALID,
                "model",
                "Only a run of mode DRY_RUN takes a model; `useMatchModel` puts one in use for all"
                        + " others");
    }

    private static UserError alreadyRunning() {
        return UserError.of(
                UserError.Code.ALREADY_RUNNING,
                "mode",
                "A run is under way already; start another when it has ended");
    }

    private Mono<Boolean> isThere(Caller caller, @Nullable String model) {
        return model == null
                ? Mono.just(true)
                : models.ofVersion(caller.tenant(), model).hasElement();
    }

    private Mono<RunRequest> insert(Caller caller, String mode, @Nullable String model) {
        UUID id = TimeOrderedId.next();
        return transaction
                .transactional(insert(caller, id, mode, model))
                .<RunRequest>thenReturn(new RunRequest.Accepted(id))
                .onErrorResume(
                        DuplicateKeyException.class,
                        running -> Mono.just(new RunRequest.Refused(alreadyRunning())));
    }

    private Mono<Void> insert(Caller caller, UUID id, String mode, @Nullable String model) {
        return at(INSERT, caller.tenant(), id)
                .bind("mode", mode)
                .bind("actor", caller.name())
                .bind("isTraining", mode.equals("train"))
                .bind("model", SqlText.of(model))
                .bind("shipped", MatchModel.SHIPPED)
                .then()
                .then(audit.add(caller, "startMatchRun", "match_run", id, detail(mode, model)));
    }

    private static Map<String, Object> detail(String mode, @Nullable String model) {
        return model == null ? Map.of("mode", mode) : Map.of("mode", mode, "model", model);
    }

    /**
     * A run that a node took up.
     *
     * @param model the version that it pins; null where it pins none
     */
    record Claimed(UUID id, String mode, @Nullable String model) {

        boolean isApplied() {
            return mode.equals("apply");
        }

        boolean isTraining() {
            return mode.equals("train");
        }
    }

    /** Takes up the run of the tenant that waits; empty where none does. */
    Mono<Claimed> claim(TenantId tenant) {
        return database.sql(CLAIM)
                .bind("tenant", tenant.value())
                .bind("most", MAX_ATTEMPTS)
                .map(
                        row ->
                                "running".equals(row.get(2, String.class))
                                        ? Optional.of(
                                                new Claimed(
                                                        Objects.requireNonNull(
                                                                row.get(0, UUID.class)),
                                                        Objects.requireNonNull(
                                                                row.get(1, String.class)),
                                                        row.get(3, String.class)))
                                        : Optional.<Claimed>empty())
                .one()
                .flatMap(Mono::justOrEmpty);
    }

    Mono<Void> progress(TenantId tenant, UUID id, String phase, long processed, long total) {
        return at(PROGRESS, tenant, id)
                .bind("phase", phase)
                .bind("processed", processed)
                .bind("total", total)
                .then();
    }

    Mono<Void> beat(TenantId tenant, UUID id) {
        return at(BEAT, tenant, id).then();
    }

    Mono<Void> compared(TenantId tenant, UUID id, FoundPairs found) {
        return at(COMPARED, tenant, id)
                .bind("customers", (long) found.customers().size())
                .bind("compared", found.compared())
                .bind("likely", found.likely())
                .bind("review", found.review())
                .bind("model", found.model())
                .then();
    }

    /** Ends a run that stored a model. */
    Mono<Void> trained(
            TenantId tenant,
            UUID id,
            String version,
            CustomerTraining.Learnt learnt,
            long customers) {
        return at(TRAINED, tenant, id)
                .bind("customers", customers)
                .bind("compared", learnt.pairs())
                .bind("model", version)
                .bind("rounds", learnt.outcome().rounds())
                .bind("lastChange", learnt.outcome().lastChange())
                .then();
    }

    /** Ends a run that stored none. */
    Mono<Void> refuse(TenantId tenant, UUID id, CustomerTraining.Refused refused, long customers) {
        return at(REFUSE, tenant, id)
                .bind("customers", customers)
                .bind("reason", refused.reason())
                .bind("rounds", refused.rounds())
                .bind("lastChange", refused.lastChange())
                .then();
    }

    Mono<Void> finish(TenantId tenant, UUID id) {
        return at(FINISH, tenant, id).then();
    }

    Mono<Void> fail(TenantId tenant, UUID id, Throwable failure) {
        return at(FAIL, tenant, id).bind("failure", failure.getClass().getName()).then();
    }

    private GenericExecuteSpec at(String sql, TenantId tenant, UUID id) {
        return database.sql(sql).bind("tenant", tenant.value()).bind("id", id);
    }
}
