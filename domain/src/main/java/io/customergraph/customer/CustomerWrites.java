package io.customergraph.customer;

import io.customergraph.change.AuditLog;
import io.customergraph.change.ChangeEvent;
import io.customergraph.change.ChangeEvents;
import io.customergraph.id.TimeOrderedId;
import io.customergraph.tenant.Caller;
import io.customergraph.tenant.TenantContext;

import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.reactive.TransactionalOperator;

import reactor.core.publisher.Mono;

import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * What people do to a profile by hand. What they enter is believed before what any source claims or
 * observes. Every write is in the audit log and the outbox, in its own transaction.
 */
public final class CustomerWrites {

    private final CustomerRows rows;
    private final CustomerSearch search;
    private final IdentifierPolicyRepository policies;
    private final ChangeEvents changes;
    private final AuditLog audit;
    private final TransactionalOperator transaction;

    public CustomerWrites(DatabaseClient database, TransactionalOperator transaction) {
        this.rows = new CustomerRows(database);
        this.search = new CustomerSearch(database);
        this.policies = new IdentifierPolicyRepository(database);
        this.changes = new ChangeEvents(database);
        this.audit = new AuditLog(database);
        this.transaction = transaction;
    }

    /**
     * Adds a customer for the caller of the context.
     *
     * @return refused where nothing names the person, a value is wrong, or the e-mail or phone
     *     belongs to another customer
     */
    public Mono<WriteOutcome> create(CustomerDraft draft) {
        return TenantContext.caller()
                .flatMap(caller -> checked(caller, draft).flatMap(input -> create(caller, input)));
    }

    /**
     * Changes the named fields of a customer.
     *
     * @param expectedVersion what the caller saw; null to change whatever there is
     * @return refused where the version is another by now, and as for {@link #create}
     */
    public Mono<WriteOutcome> update(
            UUID customer, @Nullable Long expectedVersion, CustomerDraft draft) {
        return TenantContext.caller()
                .flatMap(
                        caller ->
                                checked(caller, draft)
                                        .flatMap(
                                                input ->
                                                        update(
                                                                caller,
                                                                customer,
                                                                expectedVersion,
                                                                input)));
    }

    private Mono<CheckedDraft> checked(Caller caller, CustomerDraft draft) {
        return policies.of(caller.tenant()).map(known -> CheckedDraft.of(draft, known));
    }

    private Mono<WriteOutcome> create(Caller caller, CheckedDraft input) {
        if (!input.errors().isEmpty()) {
            return Mono.just(new WriteOutcome.Refused(input.errors()));
        }
        if (input.namesNobody()) {
            return Mono.just(
                    new WriteOutcome.Refused(
                            new UserError(
                                    UserError.Code.REQUIRED,
                                    List.of("input"),
                                    "Give at least a name, an e-mail or a phone")));
        }
        UUID id = TimeOrderedId.next();
        Profile profile = Profile.EMPTY.with(input);
        Mono<WriteOutcome> write =
                rows.takenBy(caller.tenant(), input, id)
                        .flatMap(
                                taken ->
                                        taken.isEmpty()
                                                ? rows.insert(caller.tenant(), id, profile)
                                                        .then(keepAll(caller, id, profile, input))
                                                        .then(
                                                                tell(
                                                                        caller,
                                                                        id,
                                                                        "createCustomer",
                                                                        ChangeEvent.Kind
                                                                                .CUSTOMER_CREATED,
                                                                        input))
                                                : Mono.just(new WriteOutcome.Refused(taken)));
        return inTransaction(write, input);
    }

    private Mono<WriteOutcome> update(
            Caller caller, UUID id, @Nullable Long expectedVersion, CheckedDraft input) {
        if (!input.errors().isEmpty()) {
            return Mono.just(new WriteOutcome.Refused(input.errors()));
        }
        Mono<WriteOutcome> write =
                rows.lock(caller.tenant(), id)
                        .flatMap(
                                locked ->
                                        expectedVersion != null
                                                        && locked.version() != expectedVersion
                                                ? Mono.just(conflict(locked.version()))
                                                : rows.takenBy(caller.tenant(), input, id)
                                                        .flatMap(
                                                                taken ->
                                                                        taken.isEmpty()
                                                                                ? change(
                                                                                        caller,
                                                                                        id,
                                                                                        locked
                                                                                                .profile(),
                                                                                        input)
                                                                                : Mono.just(
                                                                                        new WriteOutcome
                                                                                                .Refused(
                                                                                                taken))))
                        .defaultIfEmpty(notFound());
        return inTransaction(write, input);
    }

    private Mono<WriteOutcome> change(Caller caller, UUID id, Profile before, CheckedDraft input) {
        if (input.fieldsSet().isEmpty()) {
            return Mono.just(new WriteOutcome.Done(id));
        }
        Profile after = before.with(input);
        if (after.namesNobody() && !before.namesNobody()) {
            return Mono.just(
                    new WriteOutcome.Refused(
                            new UserError(
                                    UserError.Code.REQUIRED,
                                    List.of("input"),
                                    "A customer keeps at least a name, an e-mail or a phone")));
        }
        Mono<Void> update =
                after.equals(before)
                        ? Mono.empty()
                        : rows.update(caller.tenant(), id, after).then();
        return update.then(keepAll(caller, id, after, input))
                .then(tell(caller, id, "updateCustomer", ChangeEvent.Kind.CUSTOMER_CHANGED, input));
    }

    private Mono<Void> keepAll(Caller caller, UUID id, Profile profile, CheckedDraft input) {
        String names = CustomerNames.searchNames(profile.firstName(), profile.lastName());
        return rows.addIdentifiers(caller.tenant(), id, input)
                .then(rows.keepProvenance(caller.tenant(), id, profile, input))
                .then(search.update(caller.tenant(), List.of(new CustomerSearch.Names(id, names))));
    }

    private Mono<WriteOutcome> tell(
            Caller caller, UUID id, String action, ChangeEvent.Kind kind, CheckedDraft input) {
        Map<String, Object> fields = Map.of("fields", input.fieldsSet());
        return changes.add(caller.tenant(), List.of(new ChangeEvent(kind, id, fields)))
                .then(audit.add(caller, action, "customer", id, fields))
                .thenReturn(new WriteOutcome.Done(id));
    }

    private Mono<WriteOutcome> inTransaction(Mono<WriteOutcome> write, CheckedDraft input) {
        return transaction
                .transactional(write)
                // Another write took the value between the check and this one.
                .onErrorResume(
                        DuplicateKeyException.class,
                        race -> Mono.just(new WriteOutcome.Refused(input.taken())));
    }

    private static WriteOutcome conflict(long version) {
        return new WriteOutcome.Refused(
                UserError.of(
                        UserError.Code.VERSION_CONFLICT,
                        "expectedVersion",
                        "The customer was changed meanwhile and is at version "
                                + version
                                + "; read it again and repeat the change"));
    }

    private static WriteOutcome notFound() {
        return new WriteOutcome.Refused(
                UserError.of(
                        UserError.Code.NOT_FOUND,
                        "id",
                        "There is no such living customer; one that was merged answers to its id"
                                + " with the id of the one that it became"));
    }
}
