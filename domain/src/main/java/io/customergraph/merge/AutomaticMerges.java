package io.customergraph.merge;

import io.customergraph.customer.LivingCustomers;
import io.customergraph.customer.ProfileRebuild;
import io.customergraph.tenant.Caller;
import io.customergraph.tenant.TenantId;

import org.springframework.r2dbc.core.DatabaseClient;

import reactor.core.publisher.Mono;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/** Merges that a model decides, many at a time, within the transaction of whoever asked it. */
public final class AutomaticMerges {

    /** The ledger's name for what decided. */
    public static final String RULE = "score";

    /** The ledger's name for who did. */
    public static final String ACTOR = "resolver";

    private final MergeWrites writes;
    private final Unmerging unmerging;
    private final LivingCustomers living;

    public AutomaticMerges(DatabaseClient database) {
        this.writes = new MergeWrites(database, new ProfileRebuild(database));
        this.unmerging = new Unmerging(writes);
        this.living = new LivingCustomers(database);
    }

    /**
     * Two who are one.
     *
     * @param evidence kept with the decision, without personal data
     */
    public record Match(
            UUID survivor,
            long survivorVersion,
            UUID absorbed,
            long absorbedVersion,
            Map<String, Object> evidence) {

        public Match {
            evidence = Map.copyOf(evidence);
        }

        boolean isStill(Map<UUID, Long> versions) {
            return Objects.equals(versions.get(survivor), survivorVersion)
                    && Objects.equals(versions.get(absorbed), absorbedVersion);
        }

        boolean touches(Set<UUID> customers) {
            return customers.contains(survivor) || customers.contains(absorbed);
        }
    }

    /**
     * Merges those matches whose customers are as they were when they were compared; of several
     * that touch one customer the first. The others are for another time.
     */
    public Mono<Void> merge(TenantId tenant, String model, List<Match> matches) {
        List<Match> disjoint = disjoint(matches);
        if (disjoint.isEmpty()) {
            return Mono.empty();
        }
        List<UUID> customers =
                disjoint.stream()
                        .flatMap(match -> Stream.of(match.survivor, match.absorbed))
                        .toList();
        return living.lock(tenant, customers)
                .flatMap(
                        versions -> {
                            List<Absorption> absorptions =
                                    disjoint.stream()
                                            .filter(match -> match.isStill(versions))
                                            .map(AutomaticMerges::absorption)
                                            .toList();
                            return absorptions.isEmpty()
                                    ? Mono.empty()
                                    : writes.absorb(
                                            tenant,
                                            new MergeWrites.Decider(RULE, model, ACTOR, null),
                                            absorptions);
                        });
    }

    /**
     * Takes back what made one of two, where no person did; nothing where they are two. They may be
     * merged again when they are compared by what is left.
     */
    public Mono<Void> takeBack(TenantId tenant, UUID a, UUID b, String reason) {
        Caller resolver = new Caller(tenant, ACTOR, Set.of());
        return writes.at(MergeSql.ABSORBED_BY_SCORE, tenant)
                .bind("a", a)
                .bind("b", b)
                .map(row -> Objects.requireNonNull(row.get(0, UUID.class)))
                .all()
                .collectList()
                .flatMapIterable(absorbed -> absorbed)
                .concatMap(
                        absorbed ->
                                unmerging.of(
                                        resolver,
                                        absorbed,
                                        new MergeWrites.Decider(RULE, null, ACTOR, reason)))
                .then();
    }

    private static List<Match> disjoint(List<Match> matches) {
        Set<UUID> touched = new HashSet<>();
        List<Match> disjoint = new ArrayList<>();
        for (Match match : matches) {
            if (!match.touches(touched)) {
                touched.add(match.survivor);
                touched.add(match.absorbed);
                disjoint.add(match);
            }
        }
        return disjoint;
    }

    private static Absorption absorption(Match match) {
        return new Absorption(match.absorbed, match.survivor, match.evidence);
    }
}
