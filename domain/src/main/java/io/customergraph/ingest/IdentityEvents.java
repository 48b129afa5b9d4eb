package io.customergraph.ingest;

import io.customergraph.customer.IdentifierPolicies;
import io.customergraph.customer.IdentifierPolicyRepository;
import io.customergraph.sql.LostRace;
import io.customergraph.tenant.TenantContext;
import io.customergraph.tenant.TenantId;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.reactive.TransactionalOperator;

import reactor.core.publisher.Mono;

import java.util.List;
import java.util.Optional;
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
                            List<EventBatch.Change> changes =
                                    events.stream().map(event -> read(known, event)).toList();
                            return reader.read(tenant, known, values(changes), List.of())
                                    .flatMap(identities -> write(tenant, identities, changes));
                        });
    }

    private Mono<Applied> write(
            TenantId tenant, BatchIdentities identities, List<EventBatch.Change> changes) {
        EventBatch batch = new EventBatch(identities);
        List<IdentityEvent.Outcome> outcomes = changes.stream().map(batch::apply).toList();
        FoundCandidates found = batch.end();
        return writer.write(tenant, identities, found.all(), List.of())
                .thenReturn(new Applied(outcomes, found));
    }

    private static EventBatch.Change read(IdentifierPolicies policies, IdentityEvent event) {
        EvidenceReader reader = new EvidenceReader(policies);
        return switch (event) {
            case IdentityEvent.Replaced replaced -> {
                Optional<Evidence.Value> before = reader.read(replaced.before());
                Optional<Evidence.Value> after = reader.read(replaced.after());
                yield new EventBatch.Change(
                        event,
                        before.map(IdentityEvents::ending).orElse(null),
                        after.orElse(null),
                        before.isPresent() && after.isPresent());
            }
            case IdentityEvent.Ended ended -> {
                Optional<Evidence.Value> value = reader.read(ended.value());
                yield new EventBatch.Change(
                        event,
                        value.map(IdentityEvents::ending).orElse(null),
                        null,
                        value.isPresent());
            }
            case IdentityEvent.Merged merged ->
                    new EventBatch.Change(
                            event,
                            ending(reader.value(merged.absorbed())),
                            ending(reader.value(merged.kept())),
                            true);
        };
    }

    /** What ends is looked for whatever the policies say of it by now. */
    private static Evidence.Value ending(Evidence.Value value) {
        return new Evidence.Value(value.key(), value.canonical(), value.assurance(), true);
    }

    private static List<Evidence.Value> values(List<EventBatch.Change> changes) {
        return changes.stream()
                .flatMap(
                        change ->
                                Stream.concat(
                                        Stream.ofNullable(change.ends()),
                                        Stream.ofNullable(change.begins())))
                .toList();
    }
}
