package io.customergraph.ingest;

import io.customergraph.change.ChangeEvent;
import io.customergraph.change.ChangeEvents;
import io.customergraph.customer.CustomerNames;
import io.customergraph.customer.CustomerSearch;
import io.customergraph.customer.FieldValue;
import io.customergraph.customer.IdentifierKey;
import io.customergraph.customer.ProfileRebuild;
import io.customergraph.id.TimeOrderedId;
import io.customergraph.tenant.TenantId;

import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Writes what a batch was resolved to: a statement for each table, whatever the batch's size. A
 * race that was lost on a unique index shows as a row not written, and is {@link ChangedMeanwhile}.
 */
final class BatchWriter {

    private final DatabaseClient database;
    private final ChangeEvents changeEvents;
    private final CustomerSearch customerSearch;
    private final RowStatements rows;
    private final BatchIdentifierWriter identifiers;
    private final BatchCandidates candidates;
    private final ProfileRebuild rebuild;

    BatchWriter(DatabaseClient database) {
        this.database = database;
        this.changeEvents = new ChangeEvents(database);
        this.customerSearch = new CustomerSearch(database);
        this.rows = new RowStatements(database);
        this.identifiers = new BatchIdentifierWriter(rows);
        this.candidates = new BatchCandidates(rows);
        this.rebuild = new ProfileRebuild(database);
    }

    /** Within the transaction that what is written was read in. */
    Mono<Void> write(
            TenantId tenant,
            BatchIdentities identities,
            Collection<FoundCandidate> found,
            List<Attribution> attributions) {
        List<Profile> profiles = List.copyOf(identities.profiles());
        return identifiers
                .end(tenant, identities)
                .then(Mono.defer(() -> insertCustomers(tenant, profiles)))
                .then(Mono.defer(() -> identifiers.insert(tenant, identities)))
                .then(Mono.defer(() -> identifiers.update(tenant, identities)))
                .then(Mono.defer(() -> updateCustomers(tenant, profiles)))
                .then(Mono.defer(() -> upsertRecords(tenant, attributions)))
                .then(Mono.defer(() -> insertLinks(tenant, attributions)))
                .then(Mono.defer(() -> rebuildOutdated(tenant, profiles)))
                .then(Mono.defer(() -> candidates.write(tenant, identities, found)))
                .then(Mono.defer(() -> insertEvents(tenant, profiles, identities)));
    }

    private Mono<Void> rebuildOutdated(TenantId tenant, List<Profile> profiles) {
        return rebuild.of(
                tenant,
                profiles.stream()
                        .filter(Profile::isOutdated)
                        .map(Profile::customer)
                        .sorted()
                        .toList());
    }

    private record CustomerRow(
            UUID id,
            String source,
            @Nullable String firstName,
            @Nullable String lastName,
            @Nullable String email,
            @Nullable String phone,
            String sortName) {}

    private Mono<Void> insertCustomers(TenantId tenant, List<Profile> profiles) {
        List<CustomerRow> added = new ArrayList<>();
        for (Profile profile : profiles) {
            if (profile.isNew()) {
                added.add(customerRow(profile));
            }
        }
        return rows.insertAll(BatchSql.INSERT_CUSTOMERS, tenant, added);
    }

    private static CustomerRow customerRow(Profile profile) {
        String first = profile.value(FieldValue.FIRST_NAME);
        String last = profile.value(FieldValue.LAST_NAME);
        return new CustomerRow(
                profile.customer(),
                profile.source(),
                first,
                last,
                profile.value(FieldValue.EMAIL),
                profile.value(FieldValue.PHONE),
                CustomerNames.sortName(first, last));
    }

    private record FieldRow(
            UUID customerId,
            String field,
            String value,
            String sourceType,
            @Nullable String recordType,
            @Nullable UUID recordId,
            String assurance,
            Instant observedAt) {}

    private Mono<Void> updateCustomers(TenantId tenant, List<Profile> profiles) {
        List<CustomerRow> changed = new ArrayList<>();
        List<FieldRow> fields = new ArrayList<>();
        List<CustomerSearch.Names> search = new ArrayList<>();
        for (Profile profile : profiles) {
            if (!profile.isNew() && !profile.changed().isEmpty()) {
                changed.add(customerRow(profile));
            }
            profile.replaced().values().forEach(value -> fields.add(fieldRow(profile, value)));
            if (profile.isSearchStale()) {
                search.add(searchRow(profile));
            }
        }
        return rows.execute(BatchSql.UPDATE_CUSTOMERS, tenant, changed)
                .then(Mono.defer(() -> rows.execute(BatchSql.UPSERT_FIELD_VALUES, tenant, fields)))
                .then(Mono.defer(() -> customerSearch.update(tenant, search)));
    }

    private static FieldRow fieldRow(Profile profile, FieldValue value) {
        return new FieldRow(
                profile.customer(),
                value.field(),
                value.value(),
                value.sourceType(),
                value.record().map(FieldValue.RecordReference::type).orElse(null),
                value.record().map(FieldValue.RecordReference::id).orElse(null),
                value.assurance().code(),
                value.observedAt());
    }

    private static CustomerSearch.Names searchRow(Profile profile) {
        String first = profile.value(FieldValue.FIRST_NAME);
        String last = profile.value(FieldValue.LAST_NAME);
        return new CustomerSearch.Names(profile.customer(), CustomerNames.searchNames(first, last));
    }

    private Mono<Void> upsertRecords(TenantId tenant, List<Attribution> attributions) {
        Map<RecordType, List<Attribution>> byType = new EnumMap<>(RecordType.class);
        for (Attribution attribution : attributions) {
            byType.computeIfAbsent(
                            attribution.incoming().record().type(), type -> new ArrayList<>())
                    .add(attribution);
        }
        return RefundLock.take(
                        rows,
                        tenant,
                        attributions.stream().map(one -> one.incoming().record()).toList())
                .thenMany(
                        Flux.fromIterable(byType.entrySet())
                                .concatMap(
                                        entry -> upsert(tenant, entry.getKey(), entry.getValue())))
                .then();
    }

    private Mono<Void> upsert(TenantId tenant, RecordType type, List<Attribution> attributions) {
        RecordTable table = RecordTable.of(type);
        WrittenRows batch = WrittenRows.of(attributions, table.parts());
        long expectedNew =
                attributions.stream()
                        .filter(attribution -> attribution.incoming().stored().isEmpty())
                        .count();
        return database.sql(table.upsert())
                .bind("tenant", tenant.value())
                .bind("rows", batch.whole())
                .map(row -> Boolean.TRUE.equals(row.get("inserted", Boolean.class)))
                .all()
                .collectList()
                .flatMap(
                        written -> {
                            long inserted = written.stream().filter(isNew -> isNew).count();
                            return written.size() == attributions.size() && inserted == expectedNew
                                    ? Mono.<Void>empty()
                                    : Mono.error(new ChangedMeanwhile("a " + type.code()));
                        })
                .then(
                        Flux.fromIterable(table.children())
                                .concatMap(child -> follow(tenant, child, batch))
                                .then());
    }

    private Mono<Void> follow(TenantId tenant, RecordTable.Child child, WrittenRows batch) {
        String taken = child.rows().apply(batch);
        return WrittenRows.NONE.equals(taken)
                ? Mono.empty()
                : rows.executeJson(child.sql(), tenant, taken);
    }

    private record LinkRow(
            UUID id,
            UUID customerId,
            String recordType,
            UUID recordId,
            String rule,
            String actor,
            Map<String, Object> evidence) {}

    private Mono<Void> insertLinks(TenantId tenant, List<Attribution> attributions) {
        List<LinkRow> links = new ArrayList<>();
        for (Attribution attribution : attributions) {
            UUID home = attribution.home();
            if (home != null && attribution.isNewLink()) {
                links.add(
                        new LinkRow(
                                TimeOrderedId.next(),
                                home,
                                attribution.incoming().record().type().code(),
                                attribution.incoming().id(),
                                attribution.rule(),
                                "resolver",
                                evidence(attribution)));
            }
        }
        return rows.execute(BatchSql.INSERT_LINKS, tenant, links);
    }

    /** The identifier's kind and scope; its value is in the record and the identifiers. */
    private static Map<String, Object> evidence(Attribution attribution) {
        if (attribution.by().isEmpty()) {
            return Map.of();
        }
        IdentifierKey by = attribution.by().get();
        return attribution.alsoKnown().isEmpty()
                ? Map.of("scope", by.scope())
                : Map.of("scope", by.scope(), "also_known", attribution.alsoKnown());
    }

    private Mono<Void> insertEvents(
            TenantId tenant, List<Profile> profiles, BatchIdentities identities) {
        List<ChangeEvent> events = new ArrayList<>();
        for (Profile profile : profiles) {
            if (profile.isNew()) {
                events.add(
                        new ChangeEvent(
                                ChangeEvent.Kind.CUSTOMER_CREATED, profile.customer(), Map.of()));
            } else if (profile.isTouched()) {
                events.add(
                        new ChangeEvent(
                                ChangeEvent.Kind.CUSTOMER_CHANGED,
                                profile.customer(),
                                Map.of("fields", profile.changed())));
            }
        }
        for (IdentifierState state : identities.identifiers()) {
            UUID formerOwner = state.formerOwner();
            if (formerOwner != null) {
                events.add(
                        new ChangeEvent(
                                ChangeEvent.Kind.IDENTIFIER_GENERIC,
                                formerOwner,
                                Map.of("kind", state.key().kind().code())));
            }
            for (IdentifierState.Holder former : state.ended()) {
                events.add(
                        new ChangeEvent(
                                ChangeEvent.Kind.IDENTIFIER_MOVED,
                                former.customer(),
                                state.owner(),
                                Map.of("kind", state.key().kind().code())));
            }
        }
        return changeEvents.add(tenant, events);
    }
}
