package io.customergraph.ingest;

import io.customergraph.change.ChangeEvent;
import io.customergraph.change.ChangeEvents;
import io.customergraph.customer.CustomerNames;
import io.customergraph.customer.CustomerSearch;
import io.customergraph.customer.FieldValue;
import io.customergraph.customer.IdentifierKey;
import io.customergraph.customer.IdentifierKind;
import io.customergraph.customer.ProfileRebuild;
import io.customergraph.id.TimeOrderedId;
import io.customergraph.matching.normalize.PersonName;
import io.customergraph.sql.JsonRows;
import io.customergraph.tenant.TenantId;

import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Writes what a batch was resolved to: a statement for each table, whatever the batch's size. A
 * race that was lost on a unique index shows as a row not written, and is {@link ChangedMeanwhile}.
 */
final class BatchWriter {

    private final DatabaseClient database;
    private final ChangeEvents changeEvents;
    private final CustomerSearch customerSearch;
    private final BatchCandidates candidates;
    private final ProfileRebuild rebuild;

    BatchWriter(DatabaseClient database) {
        this.database = database;
        this.changeEvents = new ChangeEvents(database);
        this.customerSearch = new CustomerSearch(database);
        this.candidates = new BatchCandidates(database);
        this.rebuild = new ProfileRebuild(database);
    }

    /** Within the transaction that what is written was read in. */
    Mono<Void> write(
            TenantId tenant,
            BatchIdentities identities,
            Collection<FoundCandidate> found,
            List<Attribution> attributions) {
        List<Profile> profiles = List.copyOf(identities.profiles());
        return endIdentifiers(tenant, identities)
                .then(Mono.defer(() -> insertCustomers(tenant, profiles)))
                .then(Mono.defer(() -> insertIdentifiers(tenant, identities)))
                .then(Mono.defer(() -> updateIdentifiers(tenant, identities)))
                .then(Mono.defer(() -> updateCustomers(tenant, profiles)))
                .then(Mono.defer(() -> upsertRecords(tenant, attributions)))
                .then(Mono.defer(() -> insertLinks(tenant, attributions)))
                .then(Mono.defer(() -> rebuildOutdated(tenant, profiles)))
                .then(Mono.defer(() -> candidates.write(tenant, identities, found)))
                .then(Mono.defer(() -> insertEvents(tenant, profiles, identities)));
    }

    private record EndingRow(
            String kind, String scope, String value, @Nullable UUID home, Instant at) {}

    private Mono<Void> endIdentifiers(TenantId tenant, BatchIdentities identities) {
        List<EndingRow> rows = new ArrayList<>(0);
        for (BatchIdentities.Ending ending : identities.endings()) {
            IdentifierKey key = ending.key();
            rows.add(
                    new EndingRow(
                            key.kind().code(),
                            key.scope(),
                            key.value(),
                            ending.home(),
                            ending.at()));
        }
        return execute(BatchSql.END_IDENTIFIERS, tenant, rows)
                .then(Mono.defer(() -> execute(BatchSql.PASS_ON_IDENTIFIERS, tenant, rows)));
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
        List<CustomerRow> rows = new ArrayList<>();
        for (Profile profile : profiles) {
            if (profile.isNew()) {
                rows.add(customerRow(profile));
            }
        }
        return insertAll(BatchSql.INSERT_CUSTOMERS, tenant, rows);
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

    private record IdentifierRow(
            UUID id,
            UUID customerId,
            @Nullable UUID homeId,
            String kind,
            String scope,
            String value,
            String canonical,
            String assurance,
            boolean isGeneric,
            Map<String, Long> peopleSeen,
            List<List<String>> namesSeen,
            String sourceType,
            @Nullable String recordType,
            @Nullable UUID recordId,
            Instant validFrom,
            @Nullable Instant validTo) {}

    private Mono<Void> insertIdentifiers(TenantId tenant, BatchIdentities identities) {
        List<BatchIdentities.NewIdentifier> owned = new ArrayList<>(identities.owned());
        // One order for every writer, so that two that add the same values never wait in a ring.
        owned.sort(Comparator.comparing(identifier -> identifier.value().key()));
        List<IdentifierRow> rows = new ArrayList<>(owned.size());
        for (BatchIdentities.NewIdentifier identifier : owned) {
            rows.add(identifierRow(identifier, identities.of(identifier.value().key())));
        }
        List<IdentifierRow> others = new ArrayList<>();
        identities.others().forEach(identifier -> others.add(identifierRow(identifier, null)));
        others.sort(
                Comparator.comparing(IdentifierRow::value)
                        .thenComparing(IdentifierRow::customerId));
        return insertAll(BatchSql.INSERT_IDENTIFIERS, tenant, rows)
                .then(Mono.defer(() -> execute(BatchSql.INSERT_IDENTIFIERS, tenant, others)));
    }

    private static IdentifierRow identifierRow(
            BatchIdentities.NewIdentifier identifier, @Nullable IdentifierState state) {
        Evidence.Value value = identifier.value();
        BatchIdentities.Source source = identifier.by();
        return new IdentifierRow(
                TimeOrderedId.next(),
                identifier.customer(),
                identifier.home().equals(identifier.customer()) ? null : identifier.home(),
                value.key().kind().code(),
                value.key().scope(),
                value.key().value(),
                value.canonical(),
                (state == null ? value.assurance() : state.assurance()).code(),
                identifier.isGeneric() || (state != null && state.isGeneric()),
                state == null ? Map.of() : state.peopleSeen(),
                state == null ? namesOf(identifier) : state.namesOfOwner(),
                source.sourceType(),
                source.record().map(FieldValue.RecordReference::type).orElse(null),
                source.record().map(FieldValue.RecordReference::id).orElse(null),
                source.at(),
                identifier.validTo());
    }

    /** Who shares a phone is told apart by name. */
    private static List<List<String>> namesOf(BatchIdentities.NewIdentifier identifier) {
        PersonName name = identifier.by().name();
        return identifier.value().key().kind() != IdentifierKind.PHONE || name.isEmpty()
                ? List.of()
                : List.of(List.of(name.given(), name.family()));
    }

    private record IdentifierChange(
            String kind,
            String scope,
            String value,
            String assurance,
            boolean isGeneric,
            Map<String, Long> peopleSeen,
            Set<String> peopleForgotten,
            List<List<String>> namesSeen) {}

    private Mono<Void> updateIdentifiers(TenantId tenant, BatchIdentities identities) {
        List<IdentifierChange> rows = new ArrayList<>();
        for (IdentifierState state : identities.identifiers()) {
            if (state.isChanged()) {
                IdentifierKey key = state.key();
                rows.add(
                        new IdentifierChange(
                                key.kind().code(),
                                key.scope(),
                                key.value(),
                                state.assurance().code(),
                                state.isGeneric(),
                                state.peopleSeen(),
                                state.peopleForgotten(),
                                state.namesOfOwner()));
            }
        }
        rows.sort(
                Comparator.comparing(IdentifierChange::kind)
                        .thenComparing(IdentifierChange::scope)
                        .thenComparing(IdentifierChange::value));
        return execute(BatchSql.UPDATE_IDENTIFIERS, tenant, rows);
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
            if (!profile.isNew() && !profile.replaced().isEmpty()) {
                changed.add(customerRow(profile));
            }
            profile.replaced().values().forEach(value -> fields.add(fieldRow(profile, value)));
            if (profile.isSearchStale()) {
                search.add(searchRow(profile));
            }
        }
        return execute(BatchSql.UPDATE_CUSTOMERS, tenant, changed)
                .then(Mono.defer(() -> execute(BatchSql.UPSERT_FIELD_VALUES, tenant, fields)))
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
        return Flux.fromIterable(byType.entrySet())
                .concatMap(entry -> upsert(tenant, entry.getKey(), entry.getValue()))
                .then();
    }

    private Mono<Void> upsert(TenantId tenant, RecordType type, List<Attribution> attributions) {
        RecordTable table = RecordTable.of(type);
        String rows = RecordRows.of(attributions);
        long expectedNew =
                attributions.stream()
                        .filter(attribution -> attribution.incoming().stored().isEmpty())
                        .count();
        return database.sql(table.upsert())
                .bind("tenant", tenant.value())
                .bind("rows", rows)
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
                                .concatMap(sql -> executeJson(sql, tenant, rows))
                                .then());
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
        List<LinkRow> rows = new ArrayList<>();
        for (Attribution attribution : attributions) {
            UUID home = attribution.home();
            if (home != null && attribution.isNewLink()) {
                rows.add(
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
        return execute(BatchSql.INSERT_LINKS, tenant, rows);
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
                                Map.of("fields", profile.replaced().keySet())));
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

    private Mono<Void> execute(String sql, TenantId tenant, List<?> rows) {
        return rows.isEmpty() ? Mono.empty() : executeJson(sql, tenant, JsonRows.of(rows));
    }

    private Mono<Void> executeJson(String sql, TenantId tenant, String rows) {
        return database.sql(sql).bind("tenant", tenant.value()).bind("rows", rows).then();
    }

    /** Inserts rows where a row that another transaction forestalled means to start again. */
    private Mono<Void> insertAll(String sql, TenantId tenant, List<?> rows) {
        if (rows.isEmpty()) {
            return Mono.empty();
        }
        return database.sql(sql)
                .bind("tenant", tenant.value())
                .bind("rows", JsonRows.of(rows))
                .fetch()
                .rowsUpdated()
                .flatMap(
                        inserted ->
                                inserted == rows.size()
                                        ? Mono.empty()
                                        : Mono.error(new ChangedMeanwhile("a person")));
    }
}
