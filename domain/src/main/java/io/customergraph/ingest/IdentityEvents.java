package io.customergraph.ingest;

import io.customergraph.customer.Assurance;
import io.customergraph.customer.IdentifierKey;
import io.customergraph.customer.IdentifierPolicies;
import io.customergraph.customer.IdentifierPolicyRepository;
import io.customergraph.matching.normalize.PersonName;
import io.customergraph.sql.LostRace;
import io.customergraph.tenant.TenantContext;
import io.customergraph.tenant.TenantId;

import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.reactive.TransactionalOperator;

import reactor.core.publisher.Mono;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Follows what sources say of their people's identifiers: a value ends for one, and starts for
 * another or again. Where two customers turn out to be one by it, they are a candidate.
 *
 * <p>The same event again changes nothing, and an old one never ends what was learnt later. A batch
 * costs a constant number of statements.
 */
public final class IdentityEvents {

    /** The most events that one call takes. */
    public static final int MAX_BATCH = 1_000;

    private final IdentifierPolicyRepository policies;
    private final BatchReader reader;
    private final BatchWriter writer;
    private final TransactionalOperator transaction;
    private final Supplier<Mono<Void>> afterCandidates;

    /**
     * Applies events to a database.
     *
     * @param afterCandidates as for {@link Ingestion}
     */
    public IdentityEvents(
            DatabaseClient database,
            TransactionalOperator transaction,
            Supplier<Mono<Void>> afterCandidates) {
        this.policies = new IdentifierPolicyRepository(database);
        this.reader = new BatchReader(database);
        this.writer = new BatchWriter(database);
        this.transaction = transaction;
        this.afterCandidates = afterCandidates;
    }

    /**
     * Applies events of the tenant of the context, in their order and in one transaction.
     *
     * @return what became of each, in the same order
     */
    public Mono<List<IdentityEvent.Outcome>> apply(List<IdentityEvent> events) {
        if (events.size() > MAX_BATCH) {
            return Mono.error(new IllegalArgumentException("A batch holds at most " + MAX_BATCH));
        }
        if (events.isEmpty()) {
            return Mono.just(List.of());
        }
        return TenantContext.tenant()
                .flatMap(
                        tenant ->
                                Mono.defer(() -> transaction.transactional(apply(tenant, events)))
                                        .retryWhen(LostRace.again(Ingestion::isLostRace)))
                .flatMap(
                        applied ->
                                applied.found.all().isEmpty()
                                        ? Mono.just(applied.outcomes)
                                        : afterCandidates.get().thenReturn(applied.outcomes));
    }

    private record Applied(List<IdentityEvent.Outcome> outcomes, FoundCandidates found) {}

    private Mono<Applied> apply(TenantId tenant, List<IdentityEvent> events) {
        return policies.of(tenant)
                .flatMap(
                        known -> {
                            List<Change> changes =
                                    events.stream().map(event -> read(known, event)).toList();
                            return reader.read(tenant, known, values(changes), List.of())
                                    .flatMap(identities -> write(tenant, identities, changes));
                        });
    }

    private Mono<Applied> write(TenantId tenant, BatchIdentities identities, List<Change> changes) {
        FoundCandidates found = new FoundCandidates();
        List<IdentityEvent.Outcome> outcomes = new ArrayList<>(changes.size());
        for (Change change : changes) {
            outcomes.add(apply(change, identities, found));
        }
        return writer.write(tenant, identities, found.all(), List.of())
                .thenReturn(new Applied(outcomes, found));
    }

    /**
     * An event in normal form.
     *
     * @param ends the value that ends; null where it is none
     * @param begins the value that the person has from then on; null for none
     * @param isReadable whether every value of the event is one
     */
    private record Change(
            IdentityEvent event,
            Evidence.@Nullable Value ends,
            Evidence.@Nullable Value begins,
            boolean isReadable) {}

    private static Change read(IdentifierPolicies policies, IdentityEvent event) {
        EvidenceReader reader = new EvidenceReader(policies);
        return switch (event) {
            case IdentityEvent.Replaced replaced -> {
                Optional<Evidence.Value> before = reader.read(replaced.before());
                Optional<Evidence.Value> after = reader.read(replaced.after());
                yield new Change(
                        event,
                        before.orElse(null),
                        after.orElse(null),
                        before.isPresent() && after.isPresent());
            }
            case IdentityEvent.Ended ended -> {
                Optional<Evidence.Value> value = reader.read(ended.value());
                yield new Change(event, value.orElse(null), null, value.isPresent());
            }
            case IdentityEvent.Merged merged ->
                    new Change(
                            event,
                            reader.value(merged.absorbed()),
                            reader.value(merged.kept()),
                            true);
        };
    }

    private static List<Evidence.Value> values(List<Change> changes) {
        return changes.stream()
                .flatMap(change -> Stream.of(change).flatMap(IdentityEvents::valuesOf))
                .toList();
    }

    private static Stream<Evidence.Value> valuesOf(Change change) {
        return Stream.concat(Stream.ofNullable(change.ends), Stream.ofNullable(change.begins));
    }

    private static IdentityEvent.Outcome apply(
            Change change, BatchIdentities identities, FoundCandidates found) {
        if (!change.isReadable) {
            return IdentityEvent.Outcome.UNREADABLE;
        }
        Evidence.Value ends = Objects.requireNonNull(change.ends);
        return switch (change.event) {
            case IdentityEvent.Replaced replaced ->
                    replace(
                            replaced,
                            ends,
                            Objects.requireNonNull(change.begins),
                            identities,
                            found);
            case IdentityEvent.Ended ended -> end(ended, ends, identities);
            case IdentityEvent.Merged merged ->
                    merge(merged, ends, Objects.requireNonNull(change.begins), identities, found);
        };
    }

    private static IdentityEvent.Outcome end(
            IdentityEvent.Ended event, Evidence.Value value, BatchIdentities identities) {
        List<IdentifierState.Holder> holders = identities.of(value.key()).holders();
        if (holders.isEmpty()) {
            return IdentityEvent.Outcome.NOBODY_KNOWN;
        }
        if (holders.stream().anyMatch(holder -> holder.since().isAfter(event.at()))) {
            return IdentityEvent.Outcome.NOTHING_NEW;
        }
        identities.end(value.key(), event.at());
        return IdentityEvent.Outcome.APPLIED;
    }

    private static IdentityEvent.Outcome replace(
            IdentityEvent.Replaced event,
            Evidence.Value before,
            Evidence.Value after,
            BatchIdentities identities,
            FoundCandidates found) {
        PersonName name = PersonName.ofFull(event.name());
        IdentifierState.Holder person =
                identities.of(before.key()).holder(NameAgreement.Named.of(name));
        if (before.key().equals(after.key())) {
            return IdentityEvent.Outcome.NOTHING_NEW;
        }
        if (person == null) {
            return IdentityEvent.Outcome.NOBODY_KNOWN;
        }
        if (person.since().isAfter(event.at())) {
            return IdentityEvent.Outcome.NOTHING_NEW;
        }
        identities.leave(before.key(), person, event.at());
        begin(event, after, person, name, identities, found);
        return IdentityEvent.Outcome.APPLIED;
    }

    private static IdentityEvent.Outcome merge(
            IdentityEvent.Merged event,
            Evidence.Value absorbed,
            Evidence.Value kept,
            BatchIdentities identities,
            FoundCandidates found) {
        PersonName nobody = PersonName.of(null, null);
        IdentifierState.Holder one = first(identities, kept.key());
        IdentifierState.Holder other = first(identities, absorbed.key());
        if (one == null && other == null) {
            return IdentityEvent.Outcome.NOBODY_KNOWN;
        }
        if (one == null) {
            begin(event, kept, Objects.requireNonNull(other), nobody, identities, found);
            return IdentityEvent.Outcome.APPLIED;
        }
        if (other != null && other.customer().equals(one.customer())) {
            return IdentityEvent.Outcome.NOTHING_NEW;
        }
        if (other != null) {
            identities.leave(absorbed.key(), other, event.at());
            found.add(other.customer(), List.of(said(one.customer(), absorbed)));
        }
        begin(event, absorbed, one, nobody, identities, found);
        return IdentityEvent.Outcome.APPLIED;
    }

    private static IdentifierState.@Nullable Holder first(
            BatchIdentities identities, IdentifierKey key) {
        List<IdentifierState.Holder> holders = identities.of(key).holders();
        return holders.isEmpty() ? null : holders.getFirst();
    }

    /** Somebody has a value from then on; whoever has it already may be the same person. */
    private static void begin(
            IdentityEvent event,
            Evidence.Value value,
            IdentifierState.Holder person,
            PersonName name,
            BatchIdentities identities,
            FoundCandidates found) {
        if (!value.identifies() || identities.of(value.key()).isGeneric()) {
            return;
        }
        UUID owner = identities.of(value.key()).owner();
        if (owner == null) {
            identities.give(
                    value,
                    IdentifierState.Holder.of(person.customer(), person.home(), name, event.at()),
                    new BatchIdentities.Source(
                            event.sourceType(), Optional.empty(), event.at(), name));
        } else if (!owner.equals(person.customer())) {
            found.add(person.customer(), List.of(said(owner, value)));
        }
    }

    private static FoundCandidate.Rival said(UUID other, Evidence.Value value) {
        return FoundCandidate.Rival.of(
                other,
                FoundCandidate.Reason.SOURCE_MERGE,
                new Evidence.Value(
                        value.key(), value.canonical(), Assurance.OBSERVED, value.identifies()));
    }
}
