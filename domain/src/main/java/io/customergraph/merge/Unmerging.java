package io.customergraph.merge;

import io.customergraph.change.ChangeEvent;
import io.customergraph.customer.UserError;
import io.customergraph.id.TimeOrderedId;
import io.customergraph.sql.SqlText;
import io.customergraph.tenant.Caller;
import io.customergraph.tenant.TenantId;

import org.springframework.dao.ConcurrencyFailureException;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/** Takes a merge back: what is at home with the absorbed customer goes home. */
final class Unmerging {

    private final MergeWrites writes;

    Unmerging(MergeWrites writes) {
        this.writes = writes;
    }

    /**
     * Takes the merge of a customer back.
     *
     * @param by whose word it is; a person's keeps the two apart from then on
     */
    Mono<MergeOutcome> of(Caller caller, UUID absorbed, MergeWrites.Decider by) {
        TenantId tenant = caller.tenant();
        return survivor(tenant, absorbed)
                .flatMap(
                        survivor ->
                                writes.lock(tenant, survivor, List.of(absorbed))
                                        .then(stillSurvives(tenant, survivor, absorbed))
                                        .then(
                                                Mono.defer(
                                                        () ->
                                                                unmerge(
                                                                        caller, survivor,
                                                                        absorbed, by))))
                .defaultIfEmpty(notMerged());
    }

    private static MergeOutcome notMerged() {
        return new MergeOutcome.Refused(
                List.of(
                        UserError.of(
                                UserError.Code.NOT_FOUND,
                                "customerId",
                                "There is no customer of that id who is merged into another")));
    }

    private Mono<UUID> survivor(TenantId tenant, UUID absorbed) {
        return writes.at(MergeSql.SURVIVOR, tenant)
                .bind("absorbed", absorbed)
                .map(row -> Objects.requireNonNull(row.get(0, UUID.class)))
                .one();
    }

    private Mono<Void> stillSurvives(TenantId tenant, UUID survivor, UUID absorbed) {
        return survivor(tenant, absorbed)
                .filter(survivor::equals)
                .switchIfEmpty(
                        Mono.error(
                                () ->
                                        new ConcurrencyFailureException(
                                                "merged or unmerged elsewhere meanwhile")))
                .then();
    }

    private record Withdrawn(String status, Instant since) {}

    private Mono<MergeOutcome> unmerge(
            Caller caller, UUID survivor, UUID absorbed, MergeWrites.Decider by) {
        TenantId tenant = caller.tenant();
        return writes.at(MergeSql.WITHDRAW, tenant)
                .bind("absorbed", absorbed)
                .bind("actor", by.actor())
                .bind("reason", SqlText.of(by.reason()))
                .map(
                        row ->
                                new Withdrawn(
                                        Objects.requireNonNull(row.get(0, String.class)),
                                        Objects.requireNonNull(row.get(1, Instant.class))))
                .one()
                .flatMap(
                        merge ->
                                restore(caller, survivor, absorbed, merge, by)
                                        .then(ambiguous(tenant, survivor, absorbed, merge.since)))
                .map(records -> new MergeOutcome.Done(survivor, absorbed, records));
    }

    private Mono<Void> restore(
            Caller caller, UUID survivor, UUID absorbed, Withdrawn merge, MergeWrites.Decider by) {
        TenantId tenant = caller.tenant();
        return writes.at(MergeSql.REVIVE, tenant)
                .bind("absorbed", absorbed)
                .bind("status", merge.status)
                .then()
                .then(
                        writes.at(MergeSql.SPLIT, tenant)
                                .bind("id", TimeOrderedId.next())
                                .bind("survivor", survivor)
                                .bind("absorbed", absorbed)
                                .bind("rule", by.rule())
                                .bind("actor", by.actor())
                                .bind("reason", SqlText.of(by.reason()))
                                .then())
                // Consents follow the decisions about records, which stay as they are.
                .then(writes.giveBack(tenant, MergeSql.RETURN_CONSENTS, survivor, absorbed))
                .thenMany(
                        Flux.fromIterable(MergeSql.returnRecords())
                                .concatMap(sql -> writes.giveBack(tenant, sql, survivor, absorbed)))
                .then(writes.giveBack(tenant, MergeSql.RETURN_IDENTIFIERS, survivor, absorbed))
                .then(writes.giveBack(tenant, MergeSql.LAST_CONTACT, survivor, absorbed))
                .then(Mono.defer(() -> writes.giveCandidatesBack(tenant, absorbed)))
                // The survivor first: it frees the e-mail and phone that the other takes.
                .then(Mono.defer(() -> writes.refresh(tenant, List.of(survivor))))
                .then(Mono.defer(() -> writes.refresh(tenant, List.of(absorbed))))
                .then(writes.tell(tenant, List.of(split(survivor, absorbed))))
                .then(writes.audit(caller, "unmergeCustomers", survivor, List.of(absorbed)));
    }

    private static ChangeEvent split(UUID survivor, UUID absorbed) {
        return new ChangeEvent(ChangeEvent.Kind.CUSTOMER_SPLIT, survivor, absorbed, Map.of());
    }

    private Mono<List<MergeOutcome.AmbiguousRecord>> ambiguous(
            TenantId tenant, UUID survivor, UUID absorbed, Instant since) {
        return writes.at(MergeSql.AMBIGUOUS, tenant)
                .bind("from", survivor)
                .bind("to", absorbed)
                .bind("since", since)
                .map(
                        row ->
                                new MergeOutcome.AmbiguousRecord(
                                        Objects.requireNonNull(row.get(0, String.class)),
                                        Objects.requireNonNull(row.get(1, UUID.class))))
                .all()
                .collectList();
    }
}
