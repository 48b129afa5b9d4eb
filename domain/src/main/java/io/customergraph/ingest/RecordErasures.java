package io.customergraph.ingest;

import io.customergraph.change.ChangeEvent;
import io.customergraph.change.ChangeEvents;
import io.customergraph.customer.IdentifierKey;
import io.customergraph.customer.IdentifierKind;
import io.customergraph.customer.LivingCustomers;
import io.customergraph.customer.ProfileRebuild;
import io.customergraph.paging.Row;
import io.customergraph.sql.JsonRows;
import io.customergraph.sql.LostRace;
import io.customergraph.tenant.TenantContext;
import io.customergraph.tenant.TenantId;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.reactive.TransactionalOperator;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Forgets people. Records that are about them are deleted; those that the books need, orders,
 * payments and enrollments, stay without the person. What the profile, the identifiers, the
 * consents and the ledger say goes with them, and a keyed hash stays, by which {@link Ingestion}
 * knows again what a source sends once more. It cannot be undone.
 *
 * <p>Each call is a part of {@link #atomically}, and costs a constant number of statements.
 */
public final class RecordErasures {

    private static final UUID[] NOBODY = {};

    private final DatabaseClient database;
    private final RowStatements rows;
    private final FoundRecords.Finder records;
    private final ErasedIdentities erased;
    private final LivingCustomers living;
    private final ProfileRebuild rebuild;
    private final ChangeEvents changes;
    private final TransactionalOperator transaction;

    public RecordErasures(
            DatabaseClient database, TransactionalOperator transaction, ErasedIdentities erased) {
        this.database = database;
        this.rows = new RowStatements(database);
        this.records = new FoundRecords.Finder(database);
        this.erased = erased;
        this.living = new LivingCustomers(database);
        this.rebuild = new ProfileRebuild(database);
        this.changes = new ChangeEvents(database);
        this.transaction = transaction;
    }

    /**
     * Forgets a customer of the tenant of the context, with all whom they absorbed and whatever any
     * source told of them.
     *
     * @return empty where there is no living customer of that id
     */
    public Mono<Erasure> customer(UUID customer) {
        return TenantContext.tenant()
                .flatMap(
                        tenant ->
                                living.lock(tenant, List.of(customer))
                                        .filter(locked -> !locked.isEmpty())
                                        .flatMap(_ -> records.ofCustomers(tenant, Set.of(customer)))
                                        .flatMap(
                                                found ->
                                                        erased.keyFor(tenant)
                                                                .flatMap(
                                                                        key ->
                                                                                erase(
                                                                                        tenant,
                                                                                        Way
                                                                                                .forgetting(
                                                                                                        key),
                                                                                        found,
                                                                                        Set.of(
                                                                                                customer)))));
    }

    /**
     * Forgets what a Shopify shop told of one of its customers. Who is known from elsewhere too
     * stays as the others tell it; nobody else is touched. It is remembered also where nothing is
     * known yet.
     *
     * @param shop its domain
     * @param shopper Shopify's id of the customer
     * @param orders Shopify's ids of orders that are the customer's
     */
    public Mono<Erasure> shopper(String shop, long shopper, List<Long> orders) {
        return TenantContext.tenant()
                .flatMap(
                        tenant ->
                                erased.keyFor(tenant)
                                        .flatMap(
                                                key ->
                                                        erased.add(
                                                                        tenant,
                                                                        namesOf(
                                                                                key, shop, shopper,
                                                                                orders))
                                                                .then(
                                                                        found(
                                                                                tenant,
                                                                                () ->
                                                                                        records
                                                                                                .ofShopper(
                                                                                                        tenant,
                                                                                                        shop,
                                                                                                        shopper,
                                                                                                        orders),
                                                                                Way.forgetting(
                                                                                        key)))));
    }

    /**
     * Deletes some of what a Shopify shop told, orders included, for a shop that is gone; who is
     * known from nowhere else is erased. The same shop may come again some day, so that nothing is
     * remembered.
     *
     * @param atMost how many records of each sort
     * @return what was deleted; nothing where nothing is left
     */
    public Mono<Erasure> someOfShop(String shop, int atMost) {
        return TenantContext.tenant()
                .flatMap(
                        tenant ->
                                found(
                                                tenant,
                                                () -> records.ofShop(tenant, shop, atMost),
                                                Way.DELETING)
                                        .flatMap(
                                                people ->
                                                        catalogue(tenant, shop, atMost)
                                                                .map(
                                                                        things ->
                                                                                new Erasure(
                                                                                        people
                                                                                                        .deleted()
                                                                                                + things,
                                                                                        0,
                                                                                        people
                                                                                                .customers(),
                                                                                        people
                                                                                                .traces()))));
    }

    /**
     * Work that erases, in one transaction, and again where it loses a race. The key is there
     * before: who waits for the transaction has looked for a key already.
     */
    public <T> Mono<T> atomically(Mono<T> work) {
        Mono<ErasureKey> key = TenantContext.tenant().flatMap(erased::keyFor);
        return key.then(Mono.defer(() -> transaction.transactional(alone().then(work))))
                .retryWhen(LostRace.again(Ingestion::isLostRace));
    }

    /** Whoever ingests meanwhile is waited for, and waits then; see {@link KnownRecords}. */
    private Mono<Void> alone() {
        return TenantContext.tenant()
                .flatMap(
                        tenant ->
                                database.sql(ErasureSql.LOCK)
                                        .bind("tenant", tenant.value())
                                        .then());
    }

    /** How it is erased: remembered, with what the books need; or deleted as a whole. */
    private record Way(Optional<ErasureKey> key) {

        static final Way DELETING = new Way(Optional.empty());

        static Way forgetting(ErasureKey key) {
            return new Way(Optional.of(key));
        }

        boolean keeps(RecordType type) {
            return key.isPresent() && WithoutPerson.isKept(type);
        }
    }

    private static List<String> namesOf(
            ErasureKey key, String shop, long shopper, List<Long> orders) {
        String id = Long.toString(shopper);
        List<String> names = new ArrayList<>(orders.size() + 2);
        names.add(key.hash(new RecordKey(RecordType.SHOPIFY_CUSTOMER, "shopify", shop, id)));
        names.add(key.hash(new IdentifierKey(IdentifierKind.SHOPIFY_CUSTOMER_ID, shop, id)));
        for (Long order : orders) {
            names.add(
                    key.hash(
                            new RecordKey(
                                    RecordType.SHOPIFY_ORDER, "shopify", shop, order.toString())));
        }
        return names;
    }

    private Mono<Long> catalogue(TenantId tenant, String shop, int atMost) {
        return database.sql(ErasureSql.DELETE_CATALOGUE)
                .bind("tenant", tenant.value())
                .bind("account", shop)
                .bind("limit", atMost)
                .map(row -> Row.bigNumber(row, 0))
                .one();
    }

    /** Erases what a source told, after the customers whose it is are locked. */
    private Mono<Erasure> found(TenantId tenant, Supplier<Mono<FoundRecords>> read, Way way) {
        return read.get()
                .flatMap(
                        before -> {
                            Set<UUID> customers = before.customers();
                            return living.lock(tenant, customers)
                                    .then(Mono.defer(read))
                                    .flatMap(
                                            found ->
                                                    customers.containsAll(found.customers())
                                                            ? withNothingElse(
                                                                            tenant, customers,
                                                                            found)
                                                                    .flatMap(
                                                                            whole ->
                                                                                    erase(
                                                                                            tenant,
                                                                                            way,
                                                                                            found,
                                                                                            whole))
                                                            : Mono.error(
                                                                    new ChangedMeanwhile(
                                                                            "whose a record is")));
                        });
    }

    private Mono<Set<UUID>> withNothingElse(
            TenantId tenant, Set<UUID> customers, FoundRecords found) {
        return customers.isEmpty()
                ? Mono.just(Set.of())
                : database.sql(ErasureSql.WITH_NOTHING_ELSE)
                        .bind("tenant", tenant.value())
                        .bind("customers", customers.toArray(UUID[]::new))
                        .bind("records", found.ids())
                        .map(row -> Row.id(row, 0))
                        .all()
                        .collect(Collectors.toUnmodifiableSet());
    }

    /**
     * Erases records of locked customers.
     *
     * @param whole those of whom nothing is left
     */
    private Mono<Erasure> erase(TenantId tenant, Way way, FoundRecords found, Set<UUID> whole) {
        if (found.all().isEmpty() && whole.isEmpty()) {
            return Mono.just(new Erasure(0, 0, Set.of(), Erasure.Traces.NONE));
        }
        Set<UUID> others = found.customers();
        others.removeAll(whole);
        UUID[] ids = found.ids();
        Counts counts = new Counts();
        return homes(tenant, whole)
                .flatMap(
                        homes ->
                                rowsOf(tenant, way, found, counts)
                                        .then(withRecords(tenant, homes, ids))
                                        .then(Mono.defer(() -> identifiers(tenant, others, ids)))
                                        .flatMap(
                                                rested ->
                                                        allIdentifiers(tenant, homes)
                                                                .map(all -> rested.and(all)))
                                        .flatMap(
                                                gone ->
                                                        passOn(tenant, gone)
                                                                .then(
                                                                        Mono.defer(
                                                                                () ->
                                                                                        notOthers(
                                                                                                tenant,
                                                                                                gone)))
                                                                .flatMap(
                                                                        own ->
                                                                                remember(
                                                                                        tenant, way,
                                                                                        found, own))
                                                                .then(empty(tenant, homes))
                                                                .thenReturn(gone)))
                .flatMap(
                        gone ->
                                refresh(tenant, others)
                                        .then(tell(tenant, whole, others))
                                        .thenReturn(
                                                new Erasure(
                                                        counts.deleted,
                                                        counts.stripped,
                                                        whole,
                                                        gone.traces(found))));
    }

    private static final class Counts {
        private long deleted;
        private long stripped;
    }

    private Mono<UUID[]> homes(TenantId tenant, Set<UUID> whole) {
        return whole.isEmpty()
                ? Mono.just(NOBODY)
                : database.sql(ErasureSql.HOMES)
                        .bind("tenant", tenant.value())
                        .bind("customers", whole.toArray(UUID[]::new))
                        .map(row -> Row.id(row, 0))
                        .all()
                        .collectList()
                        .map(all -> all.toArray(UUID[]::new));
    }

    private Mono<Void> rowsOf(TenantId tenant, Way way, FoundRecords found, Counts counts) {
        Map<RecordType, List<UUID>> byType = new EnumMap<>(RecordType.class);
        found.all()
                .forEach(
                        one ->
                                byType.computeIfAbsent(one.key().type(), _ -> new ArrayList<>())
                                        .add(one.id()));
        return Flux.fromIterable(byType.entrySet())
                .concatMap(
                        entry -> {
                            boolean isKept = way.keeps(entry.getKey());
                            if (isKept) {
                                counts.stripped += entry.getValue().size();
                            } else {
                                counts.deleted += entry.getValue().size();
                            }
                            return database.sql(
                                            isKept
                                                    ? ErasureSql.strip(entry.getKey())
                                                    : ErasureSql.delete(entry.getKey()))
                                    .bind("tenant", tenant.value())
                                    .bind("records", entry.getValue().toArray(UUID[]::new))
                                    .then();
                        })
                .then();
    }

    private Mono<Void> withRecords(TenantId tenant, UUID[] homes, UUID[] records) {
        return database.sql(ErasureSql.WITHDRAW_DECISIONS)
                .bind("tenant", tenant.value())
                .bind("records", records)
                .then()
                .then(
                        database.sql(ErasureSql.FORGET_EVIDENCE)
                                .bind("customers", homes)
                                .bind("records", records)
                                .then())
                .then(
                        database.sql(ErasureSql.DELETE_CONSENTS)
                                .bind("tenant", tenant.value())
                                .bind("customers", homes)
                                .bind("records", records)
                                .then());
    }

    private Mono<GoneIdentifiers> identifiers(
            TenantId tenant, Set<UUID> customers, UUID[] records) {
        if (customers.isEmpty()) {
            return Mono.just(GoneIdentifiers.NONE);
        }
        UUID[] owners = customers.toArray(UUID[]::new);
        return database.sql(DeletionSql.REST_ELSEWHERE)
                .bind("tenant", tenant.value())
                .bind("records", records)
                .bind("customers", owners)
                .then()
                .thenMany(
                        database.sql(ErasureSql.DELETE_IDENTIFIERS_OF_RECORDS)
                                .bind("tenant", tenant.value())
                                .bind("customers", owners)
                                .bind("records", records)
                                .map(GoneIdentifiers.One::read)
                                .all())
                .collectList()
                .map(GoneIdentifiers::new);
    }

    private Mono<GoneIdentifiers> allIdentifiers(TenantId tenant, UUID[] customers) {
        return customers.length == 0
                ? Mono.just(GoneIdentifiers.NONE)
                : database.sql(ErasureSql.DELETE_IDENTIFIERS_OF_CUSTOMERS)
                        .bind("tenant", tenant.value())
                        .bind("customers", customers)
                        .map(GoneIdentifiers.One::read)
                        .all()
                        .collectList()
                        .map(GoneIdentifiers::new);
    }

    /** After they were passed on: what somebody living goes by is not remembered as erased. */
    private Mono<GoneIdentifiers> notOthers(TenantId tenant, GoneIdentifiers gone) {
        return gone.all().isEmpty()
                ? Mono.just(gone)
                : database.sql(ErasureSql.STILL_OWNED)
                        .bind("tenant", tenant.value())
                        .bind("rows", JsonRows.of(gone.all()))
                        .map(
                                row ->
                                        new GoneIdentifiers.Owned(
                                                Row.text(row, 0),
                                                Row.text(row, 1),
                                                Row.text(row, 2)))
                        .all()
                        .collect(Collectors.toUnmodifiableSet())
                        .map(gone::without);
    }

    private Mono<Void> remember(
            TenantId tenant, Way way, FoundRecords found, GoneIdentifiers gone) {
        if (way.key.isEmpty()) {
            return Mono.empty();
        }
        ErasureKey key = way.key.get();
        Set<String> hashes = gone.hashes(key);
        found.all().forEach(one -> hashes.add(key.hash(one.key())));
        return erased.add(tenant, hashes)
                .then(rows.execute(ErasureSql.FORGET_TOMBSTONES, tenant, gone.all()));
    }

    private Mono<Void> passOn(TenantId tenant, GoneIdentifiers gone) {
        return rows.execute(BatchSql.PASS_ON_IDENTIFIERS, tenant, gone.all());
    }

    private Mono<Void> empty(TenantId tenant, UUID[] homes) {
        return homes.length == 0
                ? Mono.empty()
                : ofCustomers(ErasureSql.DELETE_PROFILES, tenant, homes)
                        .then(ofCustomers(ErasureSql.CLOSE_CANDIDATES, tenant, homes))
                        .then(ofCustomers(ErasureSql.EMPTY_CUSTOMERS, tenant, homes));
    }

    private Mono<Void> ofCustomers(String sql, TenantId tenant, UUID[] customers) {
        return database.sql(sql).bind("tenant", tenant.value()).bind("customers", customers).then();
    }

    private Mono<Void> refresh(TenantId tenant, Set<UUID> others) {
        return others.isEmpty()
                ? Mono.empty()
                : Mono.defer(() -> rebuild.of(tenant, List.copyOf(others)))
                        .then(
                                ofCustomers(
                                        BatchSql.SCORE_AGAIN, tenant, others.toArray(UUID[]::new)))
                        .then(
                                ofCustomers(
                                        DeletionSql.LAST_CONTACT,
                                        tenant,
                                        others.toArray(UUID[]::new)));
    }

    private Mono<Void> tell(TenantId tenant, Set<UUID> whole, Set<UUID> others) {
        List<ChangeEvent> events = new ArrayList<>(whole.size() + others.size());
        whole.forEach(
                id -> events.add(new ChangeEvent(ChangeEvent.Kind.CUSTOMER_ERASED, id, Map.of())));
        others.forEach(
                id ->
                        events.add(
                                new ChangeEvent(
                                        ChangeEvent.Kind.CUSTOMER_CHANGED,
                                        id,
                                        Map.of("action", "recordErased"))));
        return changes.add(tenant, events);
    }
}
