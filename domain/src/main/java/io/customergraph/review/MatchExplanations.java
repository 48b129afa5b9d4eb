package io.customergraph.review;

import io.customergraph.matching.score.MatchModel;
import io.customergraph.tenant.TenantContext;
import io.customergraph.tenant.TenantId;

import org.springframework.r2dbc.core.DatabaseClient;

import reactor.core.publisher.Mono;

import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** Explains pairs of customers. */
public final class MatchExplanations {

    /** By which kinds a record names both, as the queue knows it. */
    private static final String SHARED_KINDS =
            """
            SELECT shared_kinds, claimed_kinds FROM match_candidates
            WHERE tenant_id = :tenant AND customer_id = least(:a::uuid, :b::uuid)
              AND other_customer_id = greatest(:a::uuid, :b::uuid)
            """;

    private final DatabaseClient database;
    private final ComparedCustomers customers;
    private final Clock clock;

    public MatchExplanations(DatabaseClient database, Clock clock) {
        this.database = database;
        this.customers = new ComparedCustomers(database);
        this.clock = clock;
    }

    /** Explains two customers of the tenant by a model; empty where one of them is not there. */
    public Mono<MatchExplanation> of(UUID a, UUID b, MatchModel model) {
        return TenantContext.tenant()
                .flatMap(
                        tenant ->
                                customers
                                        .of(tenant, List.of(a, b))
                                        .flatMap(
                                                found -> {
                                                    ComparedCustomer one = found.get(a);
                                                    ComparedCustomer other = found.get(b);
                                                    return one == null || other == null
                                                            ? Mono.empty()
                                                            : explain(tenant, one, other, model);
                                                }));
    }

    private Mono<MatchExplanation> explain(
            TenantId tenant, ComparedCustomer one, ComparedCustomer other, MatchModel model) {
        PairVerdicts verdicts = new PairVerdicts(model, clock);
        ComparedCustomers.Pair pair = new ComparedCustomers.Pair(one.id(), other.id());
        return customers
                .keptApart(tenant, List.of(pair))
                .flatMap(
                        said ->
                                sharedKinds(tenant, pair)
                                        .map(
                                                kinds ->
                                                        verdicts.explain(
                                                                one,
                                                                other,
                                                                kinds,
                                                                said.getOrDefault(
                                                                        pair.both(), Set.of()))));
    }

    private Mono<SharedKinds> sharedKinds(TenantId tenant, ComparedCustomers.Pair pair) {
        return database.sql(SHARED_KINDS)
                .bind("tenant", tenant.value())
                .bind("a", pair.a())
                .bind("b", pair.b())
                .map(row -> SharedKinds.read(row, 0))
                .one()
                .defaultIfEmpty(SharedKinds.NONE);
    }
}
