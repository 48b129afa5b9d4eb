package io.customergraph.review;

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
    private final PairVerdicts verdicts;

    public MatchExplanations(DatabaseClient database, Clock clock) {
        this.database = database;
        this.customers = new ComparedCustomers(database);
        this.verdicts = new PairVerdicts(clock);
    }

    /** Explains two customers of the tenant; empty where one of them is not there. */
    public Mono<MatchExplanation> of(UUID a, UUID b) {
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
                                                            : explain(tenant, one, other);
                                                }));
    }

    private Mono<MatchExplanation> explain(
            TenantId tenant, ComparedCustomer one, ComparedCustomer other) {
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
