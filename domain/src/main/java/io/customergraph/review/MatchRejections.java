package io.customergraph.review;

import io.customergraph.change.AuditLog;
import io.customergraph.customer.LivingCustomers;
import io.customergraph.customer.UserError;
import io.customergraph.id.TimeOrderedId;
import io.customergraph.sql.SqlText;
import io.customergraph.tenant.Caller;
import io.customergraph.tenant.TenantContext;

import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;
import org.springframework.transaction.reactive.TransactionalOperator;

import reactor.core.publisher.Mono;

import java.util.List;
import java.util.Map;
import java.util.UUID;

/** A person's word that two customers are two people: nothing merges them until it is withdrawn. */
public final class MatchRejections {

    private final DatabaseClient database;
    private final TransactionalOperator transaction;
    private final AuditLog audit;
    private final LivingCustomers living;

    public MatchRejections(DatabaseClient database, TransactionalOperator transaction) {
        this.database = database;
        this.transaction = transaction;
        this.audit = new AuditLog(database);
        this.living = new LivingCustomers(database);
    }

    /**
     * Keeps two customers apart, and closes their candidate. Doing so again changes nothing.
     *
     * @return what the caller can mend; empty where it was done
     */
    public Mono<List<UserError>> reject(UUID a, UUID b, @Nullable String reason) {
        return TenantContext.caller()
                .flatMap(caller -> transaction.transactional(reject(caller, a, b, reason)));
    }

    private Mono<List<UserError>> reject(Caller caller, UUID a, UUID b, @Nullable String reason) {
        return living.lock(caller.tenant(), List.of(a, b))
                .flatMap(
                        versions ->
                                versions.size() < 2
                                        ? Mono.just(List.of(notThere()))
                                        : keepApart(caller, a, b, reason).thenReturn(List.of()));
    }

    private static UserError notThere() {
        return UserError.of(
                UserError.Code.NOT_FOUND,
                "candidateId",
                "One of the two customers is not there any more");
    }

    private Mono<Void> keepApart(Caller caller, UUID a, UUID b, @Nullable String reason) {
        return at(CandidateSql.IS_BANNED, caller, a, b)
                .map(row -> Boolean.TRUE.equals(row.get(0, Boolean.class)))
                .one()
                .flatMap(
                        isBanned ->
                                isBanned
                                        ? Mono.empty()
                                        : at(CandidateSql.BAN, caller, a, b)
                                                .bind("id", TimeOrderedId.next())
                                                .bind("actor", caller.name())
                                                .bind("reason", SqlText.of(reason))
                                                .then())
                .then(
                        at(CandidateSql.CLOSE_REJECTED, caller, a, b)
                                .bind("actor", caller.name())
                                .then())
                .then(
                        audit.add(
                                caller,
                                "rejectMatch",
                                "customer",
                                a,
                                Map.of("other", b.toString())));
    }

    private GenericExecuteSpec at(String sql, Caller caller, UUID a, UUID b) {
        return database.sql(sql).bind("tenant", caller.tenant().value()).bind("a", a).bind("b", b);
    }
}
