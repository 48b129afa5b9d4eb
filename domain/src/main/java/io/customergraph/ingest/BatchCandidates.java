package io.customergraph.ingest;

import io.customergraph.id.TimeOrderedId;
import io.customergraph.tenant.TenantId;

import reactor.core.publisher.Mono;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/** Writes what a batch means for the queue of candidates: a constant number of statements. */
final class BatchCandidates {

    private final RowStatements statements;

    BatchCandidates(RowStatements statements) {
        this.statements = statements;
    }

    private record CandidateRow(
            UUID id,
            UUID a,
            UUID b,
            String reason,
            Set<String> sharedKinds,
            Set<String> claimedKinds) {}

    /** Within the transaction of the batch. */
    Mono<Void> write(
            TenantId tenant, BatchIdentities identities, Collection<FoundCandidate> found) {
        List<CandidateRow> rows = new ArrayList<>();
        for (FoundCandidate candidate : found) {
            rows.add(
                    new CandidateRow(
                            TimeOrderedId.next(),
                            candidate.pair().a(),
                            candidate.pair().b(),
                            candidate.reason().code(),
                            candidate.sharedKinds(),
                            candidate.claimedKinds()));
        }
        rows.sort(Comparator.comparing(CandidateRow::a).thenComparing(CandidateRow::b));
        return statements
                .execute(BatchSql.UPSERT_CANDIDATES, tenant, rows)
                .then(
                        Mono.defer(
                                () ->
                                        executeFor(
                                                BatchSql.SCORE_AGAIN,
                                                tenant,
                                                identities.profiles().stream()
                                                        .filter(Profile::isToBeScoredAgain))))
                .then(
                        Mono.defer(
                                () ->
                                        executeFor(
                                                BatchSql.COUNT_VERSION,
                                                tenant,
                                                identities.profiles().stream()
                                                        .filter(Profile::isShared))))
                .then(Mono.defer(() -> examineAgain(tenant, identities)));
    }

    private record TurnedGeneric(UUID customerId, String kind) {}

    private Mono<Void> examineAgain(TenantId tenant, BatchIdentities identities) {
        List<TurnedGeneric> rows = new ArrayList<>();
        for (IdentifierState state : identities.identifiers()) {
            UUID formerOwner = state.formerOwner();
            if (formerOwner != null) {
                rows.add(new TurnedGeneric(formerOwner, state.key().kind().code()));
            }
        }
        return statements.execute(BatchSql.EXAMINE_AGAIN, tenant, rows);
    }

    private Mono<Void> executeFor(String sql, TenantId tenant, Stream<Profile> profiles) {
        UUID[] customers = profiles.map(Profile::customer).sorted().toArray(UUID[]::new);
        return customers.length == 0
                ? Mono.empty()
                : statements
                        .database()
                        .sql(sql)
                        .bind("tenant", tenant.value())
                        .bind("customers", customers)
                        .then();
    }
}
