package io.customergraph.ingest;

import io.customergraph.customer.FieldValue;
import io.customergraph.customer.IdentifierKey;
import io.customergraph.customer.IdentifierKind;
import io.customergraph.id.TimeOrderedId;
import io.customergraph.matching.normalize.PersonName;
import io.customergraph.tenant.TenantId;

import org.jspecify.annotations.Nullable;

import reactor.core.publisher.Mono;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Writes what a batch changes of who is known by what. */
final class BatchIdentifierWriter {

    private final RowStatements statements;

    BatchIdentifierWriter(RowStatements statements) {
        this.statements = statements;
    }

    private record EndingRow(
            String kind, String scope, String value, @Nullable UUID home, Instant at) {}

    /** Who had a value has it no more. */
    Mono<Void> end(TenantId tenant, BatchIdentities identities) {
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
        return statements
                .execute(BatchSql.END_IDENTIFIERS, tenant, rows)
                .then(
                        Mono.defer(
                                () ->
                                        statements.execute(
                                                BatchSql.PASS_ON_IDENTIFIERS, tenant, rows)));
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

    /** Values that somebody gains, and that somebody had for a while. */
    Mono<Void> insert(TenantId tenant, BatchIdentities identities) {
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
        return statements
                .insertAll(BatchSql.INSERT_IDENTIFIERS, tenant, rows)
                .then(
                        Mono.defer(
                                () ->
                                        statements.execute(
                                                BatchSql.INSERT_IDENTIFIERS, tenant, others)));
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

    /** What is learnt of values that somebody has already. */
    Mono<Void> update(TenantId tenant, BatchIdentities identities) {
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
        return statements.execute(BatchSql.UPDATE_IDENTIFIERS, tenant, rows);
    }
}
