package io.customergraph.ingest;

import io.customergraph.change.ChangeEvent;
import io.customergraph.change.ChangeEvents;
import io.customergraph.customer.LivingCustomers;
import io.customergraph.customer.ProfileRebuild;
import io.customergraph.paging.Row;
import io.customergraph.sql.JsonRows;
import io.customergraph.sql.LostRace;
import io.customergraph.tenant.TenantContext;
import io.customergraph.tenant.TenantId;

import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.reactive.TransactionalOperator;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Follows what sources delete. The record is gone for who reads, and the customer loses what rested
 * on it alone: the decision that it is theirs is withdrawn, identifiers that no other record says
 * end, and the profile and its statistics are those of what is left. A customer with nothing left
 * stays, as the ledger tells of them.
 *
 * <p>What was deleted is remembered, so that it does not matter whether the deletion comes before
 * or after the versions that it ends, nor how often. A batch costs a constant number of statements.
 */
public final class RecordDeletions {

    /** The most deletions that one call takes. */
    public static final int MAX_BATCH = 1_000;

    private final DatabaseClient database;
    private final RowStatements rows;
    private final LivingCustomers living;
    private final ProfileRebuild rebuild;
    private final ChangeEvents changes;
    private final TransactionalOperator transaction;

    public RecordDeletions(DatabaseClient database, TransactionalOperator transaction) {
        this.database = database;
        this.rows = new RowStatements(database);
        this.living = new LivingCustomers(database);
        this.rebuild = new ProfileRebuild(database);
        this.changes = new ChangeEvents(database);
        this.transaction = transaction;
    }

    /**
     * Deletes for the tenant of the context, in one transaction.
     *
     * @param deleted at most {@link #MAX_BATCH}, in any order
     */
    public Mono<Void> apply(List<DeletedRecord> deleted) {
        if (deleted.size() > MAX_BATCH) {
            return Mono.error(new IllegalArgumentException("A batch holds at most " + MAX_BATCH));
        }
        if (deleted.isEmpty()) {
            return Mono.empty();
        }
        TreeMap<RecordKey, DeletedRecord> byKey = new TreeMap<>();
        deleted.forEach(one -> byKey.merge(one.key(), one, DeletedRecord::with));
        List<DeletedRecord> all = List.copyOf(byKey.values());
        return TenantContext.tenant()
                .flatMap(
                        tenant ->
                                Mono.defer(() -> transaction.transactional(delete(tenant, all)))
                                        .retryWhen(LostRace.again(Ingestion::isLostRace)));
    }

    private record DeletedRow(
            String recordType,
            String sourceType,
            String sourceAccount,
            String externalId,
            Instant at,
            boolean isFinal,
            @Nullable String replacedBy) {

        static DeletedRow of(DeletedRecord deleted) {
            return new DeletedRow(
                    deleted.type().code(),
                    deleted.sourceType(),
                    deleted.account(),
                    deleted.externalId(),
                    deleted.at(),
                    deleted.isFinal(),
                    deleted.replacedBy());
        }
    }

    /** A row that is gone, and whose it was. */
    private record Gone(UUID id, Optional<UUID> customer, boolean isReplaced) {}

    private record Ended(String kind, String scope, String value, UUID home) {}

    /** Customers are locked first, as by everybody who changes them, and then the accounts. */
    private Mono<Void> delete(TenantId tenant, List<DeletedRecord> deleted) {
        String json = json(deleted);
        Map<RecordType, String> byType = byType(deleted);
        return customers(tenant, byType)
                .flatMap(
                        customers ->
                                living.lock(tenant, customers)
                                        .then(
                                                rows.executeJson(
                                                        DeletionSql.LOCK_ACCOUNTS, tenant, json))
                                        .then(
                                                rows.executeJson(
                                                        DeletionSql.UPSERT_TOMBSTONES,
                                                        tenant,
                                                        json))
                                        .then(Mono.defer(() -> deleteRows(tenant, byType)))
                                        .flatMap(gone -> afterwards(tenant, customers, gone)))
                .then(Mono.defer(() -> ordersFollow(tenant, deleted)));
    }

    private static String json(List<DeletedRecord> deleted) {
        return JsonRows.of(deleted.stream().map(DeletedRow::of).toList());
    }

    private Mono<Set<UUID>> customers(TenantId tenant, Map<RecordType, String> byType) {
        return Flux.fromIterable(byType.entrySet())
                .filter(entry -> entry.getKey().isAboutSomebody())
                .concatMap(
                        entry ->
                                database.sql(DeletionSql.customers(entry.getKey()))
                                        .bind("tenant", tenant.value())
                                        .bind("rows", entry.getValue())
                                        .map(row -> Row.id(row, 0))
                                        .all())
                .collect(Collectors.toUnmodifiableSet());
    }

    /** The rows of each type. */
    private static Map<RecordType, String> byType(List<DeletedRecord> deleted) {
        Map<RecordType, List<DeletedRecord>> byType = new EnumMap<>(RecordType.class);
        deleted.forEach(
                one -> byType.computeIfAbsent(one.type(), type -> new ArrayList<>()).add(one));
        Map<RecordType, String> rows = new EnumMap<>(RecordType.class);
        byType.forEach((type, of) -> rows.put(type, json(of)));
        return rows;
    }

    private Mono<List<Gone>> deleteRows(TenantId tenant, Map<RecordType, String> byType) {
        return Flux.fromIterable(byType.entrySet())
                .concatMap(entry -> deleteRows(tenant, entry.getKey(), entry.getValue()))
                .collectList();
    }

    private Flux<Gone> deleteRows(TenantId tenant, RecordType type, String json) {
        Flux<Gone> gone =
                database.sql(DeletionSql.delete(type))
                        .bind("tenant", tenant.value())
                        .bind("rows", json)
                        .map(
                                row ->
                                        new Gone(
                                                Row.id(row, 0),
                                                Optional.ofNullable(row.get(1, UUID.class)),
                                                Row.flag(row, 2)))
                        .all();
        return type == RecordType.SHOPIFY_ORDER
                ? rows.executeJson(DeletionSql.DELETE_REFUNDS_OF_ORDERS, tenant, json)
                        .thenMany(gone)
                : gone;
    }

    private Mono<Void> afterwards(TenantId tenant, Set<UUID> locked, List<Gone> gone) {
        List<UUID> records = gone.stream().map(Gone::id).toList();
        if (records.isEmpty()) {
            return Mono.empty();
        }
        List<UUID> touched =
                gone.stream().flatMap(one -> one.customer.stream()).distinct().sorted().toList();
        if (!locked.containsAll(touched)) {
            return Mono.error(new ChangedMeanwhile("whose a deleted record is"));
        }
        return ofRecords(DeletionSql.WITHDRAW_DECISIONS, tenant, records)
                .then(ofRecords(DeletionSql.FORGET_CONSENTS, tenant, records))
                .then(Mono.defer(() -> forget(tenant, gone)))
                .then(Mono.defer(() -> lastContact(tenant, touched)))
                .then(Mono.defer(() -> tell(tenant, touched)));
    }

    private Mono<Void> lastContact(TenantId tenant, List<UUID> customers) {
        return database.sql(DeletionSql.LAST_CONTACT)
                .bind("tenant", tenant.value())
                .bind("customers", customers.toArray(UUID[]::new))
                .then();
    }

    private Mono<Void> ofRecords(String sql, TenantId tenant, List<UUID> records) {
        return database.sql(sql)
                .bind("tenant", tenant.value())
                .bind("records", records.toArray(UUID[]::new))
                .then();
    }

    /** What rested on the records alone; a person who was merged keeps what they are known by. */
    private Mono<Void> forget(TenantId tenant, List<Gone> gone) {
        List<Gone> ended =
                gone.stream().filter(one -> !one.isReplaced && one.customer.isPresent()).toList();
        if (ended.isEmpty()) {
            return Mono.empty();
        }
        UUID[] records = ended.stream().map(Gone::id).toArray(UUID[]::new);
        List<UUID> customers =
                ended.stream()
                        .map(one -> Objects.requireNonNull(one.customer.orElse(null)))
                        .distinct()
                        .sorted()
                        .toList();
        UUID[] owners = customers.toArray(UUID[]::new);
        return database.sql(DeletionSql.REST_ELSEWHERE)
                .bind("tenant", tenant.value())
                .bind("records", records)
                .bind("customers", owners)
                .then()
                .thenMany(
                        database.sql(DeletionSql.END_IDENTIFIERS)
                                .bind("tenant", tenant.value())
                                .bind("records", records)
                                .bind("customers", owners)
                                .map(
                                        row ->
                                                new Ended(
                                                        Row.text(row, 0),
                                                        Row.text(row, 1),
                                                        Row.text(row, 2),
                                                        Row.id(row, 3)))
                                .all())
                .collectList()
                .flatMap(values -> rows.execute(BatchSql.PASS_ON_IDENTIFIERS, tenant, values))
                .then(Mono.defer(() -> rebuild.of(tenant, customers)))
                .then(
                        Mono.defer(
                                () ->
                                        database.sql(BatchSql.SCORE_AGAIN)
                                                .bind("tenant", tenant.value())
                                                .bind("customers", owners)
                                                .then()));
    }

    private Mono<Void> tell(TenantId tenant, List<UUID> customers) {
        return changes.add(
                tenant,
                customers.stream()
                        .map(
                                id ->
                                        new ChangeEvent(
                                                ChangeEvent.Kind.CUSTOMER_CHANGED,
                                                id,
                                                Map.of("action", "recordDeleted")))
                        .toList());
    }

    private Mono<Void> ordersFollow(TenantId tenant, List<DeletedRecord> deleted) {
        List<DeletedRecord> absorbed =
                deleted.stream()
                        .filter(one -> one.type() == RecordType.SHOPIFY_CUSTOMER)
                        .filter(one -> one.replacedBy() != null)
                        .toList();
        return absorbed.isEmpty()
                ? Mono.empty()
                : rows.executeJson(MergedShopifyCustomers.FOLLOW_ABSORBED, tenant, json(absorbed));
    }
}
