package io.customergraph.merge;

import io.customergraph.customer.ProfileRebuild;
import io.customergraph.customer.UserError;
import io.customergraph.sql.LostRace;
import io.customergraph.tenant.Caller;
import io.customergraph.tenant.TenantContext;
import io.customergraph.tenant.TenantId;

import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.reactive.TransactionalOperator;

import reactor.core.publisher.Mono;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/** Merges customers, bound to what was seen before, and undoes it. */
public final class Merges {

    private final TransactionalOperator transaction;
    private final MergeReads reads;
    private final MergeWrites writes;
    private final Unmerging unmerging;

    public Merges(DatabaseClient database, TransactionalOperator transaction) {
        ProfileRebuild rebuild = new ProfileRebuild(database);
        this.transaction = transaction;
        this.reads = new MergeReads(database, rebuild);
        this.writes = new MergeWrites(database, rebuild);
        this.unmerging = new Unmerging(writes);
    }

    /**
     * What a merge would do now.
     *
     * @param absorbed 1 to {@link MergePreview#MAX_ABSORBED}
     */
    public Mono<MergePreview> preview(UUID survivor, List<UUID> absorbed) {
        List<UUID> distinct = absorbed.stream().distinct().toList();
        return TenantContext.tenant()
                .flatMap(
                        tenant ->
                                transaction.transactional(
                                        reads.preview(tenant, survivor, distinct)));
    }

    /** Merges customers into one. */
    public Mono<MergeOutcome> merge(MergeRequest request) {
        return TenantContext.caller().flatMap(caller -> inTransaction(merge(caller, request)));
    }

    /**
     * Takes a merge back.
     *
     * @param absorbed the customer that was merged into another
     */
    public Mono<MergeOutcome> unmerge(UUID absorbed, @Nullable String reason) {
        return TenantContext.caller()
                .flatMap(
                        caller ->
                                inTransaction(
                                        unmerging.of(
                                                caller,
                                                absorbed,
                                                new MergeWrites.Decider(
                                                        "steward", null, caller.name(), reason))));
    }

    private Mono<MergeOutcome> merge(Caller caller, MergeRequest request) {
        TenantId tenant = caller.tenant();
        return writes.lock(tenant, request.survivor(), request.absorbed())
                .then(
                        Mono.defer(
                                () ->
                                        reads.preview(
                                                tenant, request.survivor(), request.absorbed())))
                .flatMap(
                        now -> {
                            List<UserError> errors = errors(request, now);
                            return errors.isEmpty()
                                    ? chosen(tenant, request)
                                            .flatMap(chosen -> merge(caller, request, chosen))
                                    : Mono.just(new MergeOutcome.Refused(errors));
                        });
    }

    private static List<UserError> errors(MergeRequest request, MergePreview now) {
        List<UserError> errors = new ArrayList<>();
        for (MergeBlocker blocker : now.blockers()) {
            if (!blocker.code().isOverridable() || !request.overrides().contains(blocker.code())) {
                errors.add(error(blocker, request.survivor()));
            }
        }
        if (errors.isEmpty() && !request.token().equals(now.token())) {
            errors.add(
                    UserError.of(
                            UserError.Code.STALE_PREVIEW,
                            "previewToken",
                            "Something has changed since the preview; look at a new one and"
                                    + " decide again"));
        }
        return errors;
    }

    private static UserError error(MergeBlocker blocker, UUID survivor) {
        UserError.Code code =
                switch (blocker.code()) {
                    case NOT_FOUND -> UserError.Code.NOT_FOUND;
                    case SAME_CUSTOMER -> UserError.Code.INVALID;
                    case ALREADY_MERGED -> UserError.Code.ALREADY_MERGED;
                    case BANNED, TWO_IDS_IN_ONE_ACCOUNT -> UserError.Code.BLOCKED;
                };
        String field = blocker.customer().equals(survivor) ? "survivorId" : "absorbedIds";
        return UserError.of(code, field, blocker.code() + ": " + blocker.message());
    }

    /**
     * Values that a person chose.
     *
     * @param byCustomer the field and value, by the customer who has it
     */
    private record Chosen(Map<UUID, Map<String, String>> byCustomer, List<UserError> errors) {

        /** What one merge keeps: a choice for the survivor holds as long as any merge stands. */
        Map<String, String> of(UUID survivor, UUID absorbed) {
            Map<String, String> fields = new HashMap<>(byCustomer.getOrDefault(survivor, Map.of()));
            fields.putAll(byCustomer.getOrDefault(absorbed, Map.of()));
            return fields;
        }
    }

    private Mono<Chosen> chosen(TenantId tenant, MergeRequest request) {
        if (request.fields().isEmpty()) {
            return Mono.just(new Chosen(Map.of(), List.of()));
        }
        List<UUID> customers =
                Stream.concat(Stream.of(request.survivor()), request.absorbed().stream()).toList();
        return reads.profiles(tenant, customers)
                .map(
                        profiles -> {
                            Chosen chosen = new Chosen(new HashMap<>(), new ArrayList<>());
                            request.fields()
                                    .forEach(
                                            (field, customer) -> {
                                                Map<String, String> profile =
                                                        profiles.getOrDefault(customer, Map.of());
                                                String value = profile.get(field);
                                                if (value == null) {
                                                    chosen.errors.add(notThere(field));
                                                } else {
                                                    chosen.byCustomer
                                                            .computeIfAbsent(
                                                                    customer,
                                                                    first -> new HashMap<>())
                                                            .put(field, value);
                                                }
                                            });
                            return chosen;
                        });
    }

    private static UserError notThere(String field) {
        return UserError.of(
                UserError.Code.INVALID,
                "fields",
                "The customer that "
                        + field
                        + " is to come from is not part of the merge, or has"
                        + " none");
    }

    private Mono<MergeOutcome> merge(Caller caller, MergeRequest request, Chosen chosen) {
        if (!chosen.errors.isEmpty()) {
            return Mono.just(new MergeOutcome.Refused(chosen.errors));
        }
        UUID survivor = request.survivor();
        List<Absorption> absorptions =
                request.absorbed().stream()
                        .map(
                                absorbed ->
                                        new Absorption(
                                                absorbed,
                                                survivor,
                                                Map.of("fields", chosen.of(survivor, absorbed))))
                        .toList();
        return writes.absorb(
                        caller.tenant(),
                        new MergeWrites.Decider("steward", null, caller.name(), request.reason()),
                        absorptions)
                .then(
                        Mono.defer(
                                () ->
                                        writes.audit(
                                                caller,
                                                "mergeCustomers",
                                                survivor,
                                                request.absorbed())))
                .thenReturn(
                        new MergeOutcome.Done(survivor, request.absorbed().getLast(), List.of()));
    }

    /** A lost race, such as a deadlock with a batch of records, is tried again. */
    private Mono<MergeOutcome> inTransaction(Mono<MergeOutcome> work) {
        return Mono.defer(() -> transaction.transactional(work)).retryWhen(LostRace.again());
    }
}
