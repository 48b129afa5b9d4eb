package io.customergraph.merge;

import io.customergraph.change.AuditLog;
import io.customergraph.change.ChangeEvent;
import io.customergraph.change.ChangeEvents;
import io.customergraph.customer.CustomerNames;
import io.customergraph.customer.CustomerSearch;
import io.customergraph.customer.UserError;
import io.customergraph.id.TimeOrderedId;
import io.customergraph.link.ProfileRebuild;
import io.customergraph.tenant.Caller;
import io.customergraph.tenant.TenantContext;
import io.customergraph.tenant.TenantId;
import io.r2dbc.spi.Parameter;
import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.R2dbcType;

import org.jspecify.annotations.Nullable;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;
import org.springframework.transaction.reactive.TransactionalOperator;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/** Merges customers, bound to what was seen before, and undoes it. */
public final class Merges {

    private static final int MAX_ATTEMPTS = 5;

    private final DatabaseClient database;
    private final TransactionalOperator transaction;
    private final ProfileRebuild rebuild;
    private final MergeReads reads;
    private final CustomerSearch search;
    private final ChangeEvents changes;
    private final AuditLog audit;

    public Merges(DatabaseClient database, TransactionalOperator transaction) {
        this.database = database;
        this.transaction = transaction;
        this.rebuild = new ProfileRebuild(database);
        this.reads = new MergeReads(database, rebuild);
        this.search = new CustomerSearch(database);
        this.changes = new ChangeEvents(database);
        this.audit = new AuditLog(database);
    }

    /**
     * What a merge would do now.
     *
     * @param absorbed 1 to {@link MergePreview#MAX_ABSORBED}
     */
    public Mono<MergePreview> preview(UUID survivor, List<UUID> absorbed) {
        return TenantContext.tenant()
                .flatMap(
                        tenant ->
                                transaction.transactional(
                                        reads.preview(tenant, survivor, absorbed)));
    }

    /**
     * Merges customers into one.
     *
     * @param token of the preview; refused where anything that it shows has changed since
     * @param overrides blockers that a person decided not to mind
     */
    public Mono<MergeOutcome> merge(
            UUID survivor,
            List<UUID> absorbed,
            String token,
            Set<MergeBlocker.Code> overrides,
            @Nullable String reason) {
        return TenantContext.caller()
                .flatMap(
                        caller ->
                                inTransaction(
                                        lock(caller.tenant(), survivor, absorbed)
                                                .then(
                                                        Mono.defer(
                                                                () ->
                                                                        reads.preview(
                                                                                caller.tenant(),
                                                                                survivor,
                                                                                absorbed)))
                                                .flatMap(
                                                        now ->
                                                                merge(
                                                                        caller, now, token,
                                                                        overrides, reason))));
    }

    private Mono<MergeOutcome> merge(
            Caller caller,
            MergePreview now,
            String token,
            Set<MergeBlocker.Code> overrides,
            @Nullable String reason) {
        List<UserError> errors =
                now.blockers().stream()
                        .filter(
                                blocker ->
                                        !blocker.code().isOverridable()
                                                || !overrides.contains(blocker.code()))
                        .map(Merges::error)
                        .toList();
        if (!errors.isEmpty()) {
            return Mono.just(new MergeOutcome.Refused(errors));
        }
        if (!token.equals(now.token())) {
            return Mono.just(
                    new MergeOutcome.Refused(
                            List.of(
                                    UserError.of(
                                            UserError.Code.STALE_PREVIEW,
                                            "previewToken",
                                            "Something has changed since the preview; look at a"
                                                    + " new one and decide again"))));
        }
        UUID survivor = now.survivor();
        return Flux.fromIterable(now.absorbed())
                .concatMap(absorbed -> absorb(caller, survivor, absorbed, reason))
                .then(Mono.defer(() -> refresh(caller.tenant(), survivor)))
                .then(audit(caller, "mergeCustomers", survivor, now.absorbed()))
                .thenReturn(new MergeOutcome.Done(survivor, now.absorbed().getLast(), List.of()));
    }

    private static UserError error(MergeBlocker blocker) {
        UserError.Code code =
                switch (blocker.code()) {
                    case NOT_FOUND -> UserError.Code.NOT_FOUND;
                    case SAME_CUSTOMER -> UserError.Code.INVALID;
                    case ALREADY_MERGED -> UserError.Code.ALREADY_MERGED;
                    case BANNED, TWO_IDS_IN_ONE_ACCOUNT -> UserError.Code.BLOCKED;
                };
        return UserError.of(code, "absorbed", blocker.code() + ": " + blocker.message());
    }

    private Mono<Void> absorb(
            Caller caller, UUID survivor, UUID absorbed, @Nullable String reason) {
        TenantId tenant = caller.tenant();
        return at(MergeSql.DECIDE, tenant)
                .bind("id", TimeOrderedId.next())
                .bind("survivor", survivor)
                .bind("absorbed", absorbed)
                .bind("actor", caller.name())
                .bind("reason", text(reason))
                .then()
                .then(
                        at(MergeSql.ABSORB, tenant)
                                .bind("survivor", survivor)
                                .bind("absorbed", absorbed)
                                .then())
                .then(moveAll(tenant, MergeSql.moveRecords(), absorbed, survivor))
                .then(move(tenant, MergeSql.MOVE_CONSENTS, absorbed, survivor))
                .then(move(tenant, MergeSql.MOVE_IDENTIFIERS, absorbed, survivor))
                .flatMap(
                        moved ->
                                changes.add(
                                        tenant,
                                        Stream.of(
                                                        new ChangeEvent(
                                                                ChangeEvent.Kind.CUSTOMER_MERGED,
                                                                absorbed,
                                                                survivor,
                                                                Map.of()),
                                                        new ChangeEvent(
                                                                ChangeEvent.Kind.IDENTIFIER_MOVED,
                                                                absorbed,
                                                                survivor,
                                                                Map.of("count", moved)))
                                                .limit(moved == 0 ? 1 : 2)
                                                .toList()));
    }

    /**
     * Takes a merge back.
     *
     * @param absorbed the customer that was merged into another
     */
    public Mono<MergeOutcome> unmerge(UUID absorbed, @Nullable String reason) {
        return TenantContext.caller()
                .flatMap(
                        caller ->
                                inTransaction(
                                        survivor(caller.tenant(), absorbed)
                                                .flatMap(
                                                        survivor ->
                                                                lock(
                                                                                caller.tenant(),
                                                                                survivor,
                                                                                List.of(absorbed))
                                                                        .then(
                                                                                survivor(
                                                                                        caller
                                                                                                .tenant(),
                                                                                        absorbed))
                                                                        .filter(survivor::equals)
                                                                        .switchIfEmpty(
                                                                                Mono.error(
                                                                                        () ->
                                                                                                new ConcurrencyFailureException(
                                                                                                        "merged"
                                                                                                            + " elsewhere"
                                                                                                            + " meanwhile")))
                                                                        .flatMap(
                                                                                same ->
                                                                                        unmerge(
                                                                                                caller,
                                                                                                survivor,
                                                                                                absorbed,
                                                                                                reason)))
                                                .defaultIfEmpty(notMerged())));
    }

    private static MergeOutcome notMerged() {
        return new MergeOutcome.Refused(
                List.of(
                        UserError.of(
                                UserError.Code.NOT_FOUND,
                                "customer",
                                "There is no customer of that id who is merged into another")));
    }

    private Mono<UUID> survivor(TenantId tenant, UUID absorbed) {
        return at(MergeSql.SURVIVOR, tenant)
                .bind("absorbed", absorbed)
                .map(row -> Objects.requireNonNull(row.get(0, UUID.class)))
                .one();
    }

    private record Withdrawn(String status, Instant since) {}

    private Mono<MergeOutcome> unmerge(
            Caller caller, UUID survivor, UUID absorbed, @Nullable String reason) {
        TenantId tenant = caller.tenant();
        return at(MergeSql.WITHDRAW, tenant)
                .bind("absorbed", absorbed)
                .bind("actor", caller.name())
                .bind("reason", text(reason))
                .map(
                        row ->
                                new Withdrawn(
                                        Objects.requireNonNull(row.get(0, String.class)),
                                        Objects.requireNonNull(row.get(1, Instant.class))))
                .one()
                .flatMap(
                        merge ->
                                restore(caller, survivor, absorbed, merge, reason)
                                        .then(ambiguous(tenant, survivor, absorbed, merge.since))
                                        .map(
                                                ambiguous ->
                                                        (MergeOutcome)
                                                                new MergeOutcome.Done(
                                                                        survivor, absorbed,
                                                                        ambiguous)))
                .defaultIfEmpty(notMerged());
    }

    private Mono<Void> restore(
            Caller caller, UUID survivor, UUID absorbed, Withdrawn merge, @Nullable String reason) {
        TenantId tenant = caller.tenant();
        return at(MergeSql.REVIVE, tenant)
                .bind("absorbed", absorbed)
                .bind("status", merge.status)
                .then()
                .then(
                        at(MergeSql.SPLIT, tenant)
                                .bind("id", TimeOrderedId.next())
                                .bind("survivor", survivor)
                                .bind("absorbed", absorbed)
                                .bind("actor", caller.name())
                                .bind("reason", text(reason))
                                .then())
                // Consents follow the decisions about records, which stay as they are.
                .then(move(tenant, MergeSql.RETURN_CONSENTS, survivor, absorbed))
                .then(moveAll(tenant, MergeSql.returnRecords(), survivor, absorbed))
                .then(move(tenant, MergeSql.RETURN_IDENTIFIERS, survivor, absorbed))
                // The survivor first: it frees the e-mail and phone that the other takes.
                .then(Mono.defer(() -> refresh(tenant, survivor)))
                .then(Mono.defer(() -> refresh(tenant, absorbed)))
                .then(
                        changes.add(
                                tenant,
                                List.of(
                                        new ChangeEvent(
                                                ChangeEvent.Kind.CUSTOMER_SPLIT,
                                                survivor,
                                                absorbed,
                                                Map.of()))))
                .then(audit(caller, "unmergeCustomers", survivor, List.of(absorbed)));
    }

    private Mono<List<MergeOutcome.AmbiguousRecord>> ambiguous(
            TenantId tenant, UUID survivor, UUID absorbed, Instant since) {
        return at(MergeSql.AMBIGUOUS, tenant)
                .bind("from", survivor)
                .bind("to", absorbed)
                .bind("since", since)
                .map(
                        row ->
                                new MergeOutcome.AmbiguousRecord(
                                        Objects.requireNonNull(row.get(0, String.class)),
                                        Objects.requireNonNull(row.get(1, UUID.class))))
                .all()
                .collectList();
    }

    private Mono<Void> refresh(TenantId tenant, UUID customer) {
        return rebuild.of(tenant, customer)
                .flatMap(
                        names ->
                                search.update(
                                        tenant,
                                        List.of(
                                                new CustomerSearch.Names(
                                                        customer,
                                                        CustomerNames.searchNames(
                                                                names.first(), names.last())))))
                .then(
                        changes.add(
                                tenant,
                                List.of(
                                        new ChangeEvent(
                                                ChangeEvent.Kind.CUSTOMER_CHANGED,
                                                customer,
                                                Map.of("action", "profile")))));
    }

    private Mono<Void> audit(Caller caller, String action, UUID survivor, List<UUID> others) {
        return audit.add(
                caller,
                action,
                "customer",
                survivor,
                Map.of("others", others.stream().map(UUID::toString).toList()));
    }

    private Mono<Void> lock(TenantId tenant, UUID survivor, List<UUID> absorbed) {
        UUID[] ids =
                Stream.concat(Stream.of(survivor), absorbed.stream())
                        .distinct()
                        .sorted()
                        .toArray(UUID[]::new);
        return at(MergeSql.LOCK, tenant).bind("ids", ids).fetch().all().then();
    }

    private Mono<Void> moveAll(TenantId tenant, List<String> statements, UUID from, UUID to) {
        return Flux.fromIterable(statements).concatMap(sql -> move(tenant, sql, from, to)).then();
    }

    private Mono<Long> move(TenantId tenant, String sql, UUID from, UUID to) {
        return at(sql, tenant).bind("from", from).bind("to", to).fetch().rowsUpdated();
    }

    /** A lost race, such as a deadlock with a batch of records, is tried again. */
    private Mono<MergeOutcome> inTransaction(Mono<MergeOutcome> work) {
        return Mono.defer(() -> transaction.transactional(work))
                .retryWhen(
                        Retry.backoff(MAX_ATTEMPTS, Duration.ofMillis(10))
                                .filter(ConcurrencyFailureException.class::isInstance)
                                .onRetryExhaustedThrow((retry, signal) -> signal.failure()));
    }

    private GenericExecuteSpec at(String sql, TenantId tenant) {
        return database.sql(sql).bind("tenant", tenant.value());
    }

    private static Parameter text(@Nullable String value) {
        return value == null
                ? Parameters.in(R2dbcType.VARCHAR)
                : Parameters.in(R2dbcType.VARCHAR, value);
    }
}
