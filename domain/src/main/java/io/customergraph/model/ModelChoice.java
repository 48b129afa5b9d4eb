package io.customergraph.model;

import io.customergraph.change.AuditLog;
import io.customergraph.customer.UserError;
import io.customergraph.matching.score.MatchModel;
import io.customergraph.sql.JsonRows;
import io.customergraph.sql.LostRace;
import io.customergraph.tenant.Caller;
import io.customergraph.tenant.TenantContext;
import io.customergraph.tenant.TenantId;

import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.reactive.TransactionalOperator;

import reactor.core.publisher.Mono;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/** Puts a model in use. All that waits is scored again by it. */
public final class ModelChoice {

    /** The audit log names things by ids; the shipped model has none. */
    private static final UUID NONE = new UUID(0, 0);

    /** Who chooses at the same time waits. */
    private static final String LOCK =
            """
            SELECT count(pg_advisory_xact_lock(hashtextextended('match_models ' || :tenant, 0)))
            """;

    private static final String FIND =
            """
            SELECT id, version, status = 'in_use' FROM match_models
            WHERE tenant_id = :tenant AND (version = :version OR status = 'in_use')
            """;

    private static final String RETIRE =
            """
            UPDATE match_models SET status = 'retired', in_use_since = NULL
            WHERE tenant_id = :tenant AND status = 'in_use'
            """;

    private static final String USE =
            """
            UPDATE match_models SET status = 'in_use', in_use_since = now()
            WHERE tenant_id = :tenant AND id = :id
            """;

    private static final String SCORE_AGAIN =
            """
            UPDATE match_candidates SET due_at = now() WHERE tenant_id = :tenant AND status = 'open'
            """;

    private final DatabaseClient database;
    private final TransactionalOperator transaction;
    private final AuditLog audit;

    public ModelChoice(DatabaseClient database, TransactionalOperator transaction) {
        this.database = database;
        this.transaction = transaction;
        this.audit = new AuditLog(database);
    }

    /**
     * Puts a version in use, and makes all open candidates due.
     *
     * @param reason for the audit log
     * @return what the caller can mend; empty where it was done
     */
    public Mono<List<UserError>> use(String version, @Nullable String reason) {
        return TenantContext.caller()
                .flatMap(
                        caller ->
                                Mono.defer(
                                                () ->
                                                        transaction.transactional(
                                                                database.sql(LOCK)
                                                                        .bind(
                                                                                "tenant",
                                                                                caller.tenant()
                                                                                        .value())
                                                                        .then()
                                                                        .then(
                                                                                use(
                                                                                        caller,
                                                                                        version,
                                                                                        reason))))
                                        .retryWhen(LostRace.again()));
    }

    private record Known(UUID id, String version, boolean isInUse) {}

    private Mono<List<UserError>> use(Caller caller, String version, @Nullable String reason) {
        return database.sql(FIND)
                .bind("tenant", caller.tenant().value())
                .bind("version", JsonRows.clean(version))
                .map(
                        row ->
                                new Known(
                                        Objects.requireNonNull(row.get(0, UUID.class)),
                                        Objects.requireNonNull(row.get(1, String.class)),
                                        Boolean.TRUE.equals(row.get(2, Boolean.class))))
                .all()
                .collectList()
                .flatMap(known -> use(caller, version, reason, known));
    }

    private Mono<List<UserError>> use(
            Caller caller, String version, @Nullable String reason, List<Known> known) {
        String inUse =
                known.stream()
                        .filter(Known::isInUse)
                        .map(Known::version)
                        .findFirst()
                        .orElse(MatchModel.SHIPPED);
        if (inUse.equals(version)) {
            return Mono.just(
                    List.of(
                            UserError.of(
                                    UserError.Code.ALREADY_IN_USE,
                                    "version",
                                    "This version is in use already; there is nothing to do")));
        }
        UUID id =
                known.stream()
                        .filter(model -> model.version.equals(version))
                        .map(Known::id)
                        .findFirst()
                        .orElse(NONE);
        if (id.equals(NONE) && !version.equals(MatchModel.SHIPPED)) {
            return Mono.just(List.of(notThere("version")));
        }
        return put(caller.tenant(), id)
                .then(
                        audit.add(
                                caller,
                                "useMatchModel",
                                "match_model",
                                id,
                                detail(version, reason)))
                .thenReturn(List.of());
    }

    /** There is no such version. */
    public static UserError notThere(String inputField) {
        return UserError.of(
                UserError.Code.NOT_FOUND,
                inputField,
                "There is no model of this version; `matchModels` lists them, and `"
                        + MatchModel.SHIPPED
                        + "` is always there");
    }

    private static Map<String, Object> detail(String version, @Nullable String reason) {
        Map<String, Object> detail = new HashMap<>();
        detail.put("version", version);
        if (reason != null) {
            detail.put("reason", reason);
        }
        return detail;
    }

    private Mono<Void> put(TenantId tenant, UUID id) {
        Mono<Void> retired = database.sql(RETIRE).bind("tenant", tenant.value()).then();
        Mono<Void> used = database.sql(USE).bind("tenant", tenant.value()).bind("id", id).then();
        Mono<Void> due = database.sql(SCORE_AGAIN).bind("tenant", tenant.value()).then();
        return retired.then(used).then(due);
    }
}
