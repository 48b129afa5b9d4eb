package io.customergraph.link;

import io.customergraph.change.AuditLog;
import io.customergraph.change.ChangeEvent;
import io.customergraph.change.ChangeEvents;
import io.customergraph.customer.ProfileRebuild;
import io.customergraph.customer.UserError;
import io.customergraph.customer.WriteOutcome;
import io.customergraph.id.TimeOrderedId;
import io.customergraph.ingest.RecordType;
import io.customergraph.tenant.Caller;
import io.customergraph.tenant.TenantContext;

import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.reactive.TransactionalOperator;

import reactor.core.publisher.Mono;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Moves one record from customer to customer by a person's decision.
 *
 * <p>The identifiers that rest on the record alone go with it, and so do the fields of the profile
 * that came from it; what other records of the former customer also say stays there. A record taken
 * out becomes a customer of its own where an identifier goes with it, and nobody's otherwise; the
 * ban in the ledger keeps the resolver from putting it back.
 */
public final class RecordLinks {

    private static final String STEWARD = "steward";

    private final LinkRows rows;
    private final ProfileRebuild rebuild;
    private final ChangeEvents changes;
    private final AuditLog audit;
    private final TransactionalOperator transaction;

    public RecordLinks(DatabaseClient database, TransactionalOperator transaction) {
        this.rows = new LinkRows(database);
        this.rebuild = new ProfileRebuild(database);
        this.changes = new ChangeEvents(database);
        this.audit = new AuditLog(database);
        this.transaction = transaction;
    }

    /**
     * Decides that a record belongs to a customer.
     *
     * @param expectedVersion of the customer, as the caller saw it; null for any
     * @param reason for the ledger; null for none
     * @return refused where record or customer is unknown, the record is the customer's already, or
     *     the version is another
     */
    public Mono<WriteOutcome> link(
            RecordType type,
            UUID recordId,
            UUID customer,
            @Nullable Long expectedVersion,
            @Nullable String reason) {
        return TenantContext.caller()
                .flatMap(
                        caller ->
                                transaction.transactional(
                                        rows.record(caller.tenant(), type, recordId)
                                                .flatMap(
                                                        record ->
                                                                link(
                                                                        caller,
                                                                        record,
                                                                        customer,
                                                                        expectedVersion,
                                                                        reason))
                                                .defaultIfEmpty(noRecord())));
    }

    /**
     * Decides that a record does not belong to the customer that it is linked to.
     *
     * @return done with the former customer; refused where the record is unknown or nobody's
     */
    public Mono<WriteOutcome> unlink(RecordType type, UUID recordId, @Nullable String reason) {
        return TenantContext.caller()
                .flatMap(
                        caller ->
                                transaction.transactional(
                                        rows.record(caller.tenant(), type, recordId)
                                                .flatMap(record -> unlink(caller, record, reason))
                                                .defaultIfEmpty(noRecord())));
    }

    private Mono<WriteOutcome> link(
            Caller caller,
            LinkedRecord record,
            UUID target,
            @Nullable Long expectedVersion,
            @Nullable String reason) {
        if (record.customer().filter(target::equals).isPresent()) {
            return refused(
                    UserError.Code.ALREADY_LINKED,
                    "recordId",
                    "The record belongs to this customer already");
        }
        return rows.lock(caller.tenant(), target, record.customer())
                .flatMap(
                        versions -> {
                            Long version = versions.get(target);
                            if (version == null) {
                                return refused(
                                        UserError.Code.NOT_FOUND,
                                        "customerId",
                                        "There is no such living customer; one that was merged"
                                                + " answers to its id with the id of the one that"
                                                + " it became");
                            }
                            if (expectedVersion != null && !expectedVersion.equals(version)) {
                                return refused(
                                        UserError.Code.VERSION_CONFLICT,
                                        "expectedVersion",
                                        "The customer was changed meanwhile and is at version "
                                                + version);
                            }
                            return rows.withdrawLink(caller, record, reason)
                                    .then(rows.withdrawBan(caller, record, target, reason))
                                    .then(rows.addLink(caller, record, target, STEWARD, reason))
                                    .then(rows.setCustomer(caller.tenant(), record, target))
                                    .then(moveWhatRestsOnIt(caller, record, target))
                                    .then(rebuild(caller, record.customer(), target))
                                    .then(absorbIfEmpty(caller, record.customer(), target))
                                    .then(tell(caller, "linkRecord", record, target));
                        });
    }

    private Mono<WriteOutcome> unlink(Caller caller, LinkedRecord record, @Nullable String reason) {
        if (record.customer().isEmpty()) {
            return refused(
                    UserError.Code.NOT_LINKED, "recordId", "The record belongs to nobody already");
        }
        UUID former = record.customer().get();
        return rows.lock(caller.tenant(), former, Optional.empty())
                .then(rows.withdrawLink(caller, record, reason).defaultIfEmpty(former))
                .flatMap(home -> rows.addBan(caller, record, home, reason))
                .then(rows.restsOnRecordAlone(caller.tenant(), record, former))
                .flatMap(
                        alone ->
                                alone
                                        ? splitOff(caller, record, former, reason)
                                        : rows.setCustomer(caller.tenant(), record, null)
                                                .then(
                                                        rows.restElsewhere(
                                                                caller.tenant(), record, former))
                                                .then(rebuild(caller, Optional.of(former), null)))
                .then(tell(caller, "unlinkRecord", record, former));
    }

    private Mono<Void> splitOff(
            Caller caller, LinkedRecord record, UUID former, @Nullable String reason) {
        UUID split = TimeOrderedId.next();
        return rows.insertCustomer(caller.tenant(), split, record)
                .then(rows.setCustomer(caller.tenant(), record, split))
                .then(rows.addLink(caller, record, split, STEWARD, reason))
                .then(moveWhatRestsOnIt(caller, record, split))
                .then(rebuild(caller, Optional.of(former), split))
                .then(
                        changes.add(
                                caller.tenant(),
                                List.of(
                                        new ChangeEvent(
                                                ChangeEvent.Kind.CUSTOMER_CREATED, split, Map.of()),
                                        new ChangeEvent(
                                                ChangeEvent.Kind.CUSTOMER_SPLIT,
                                                former,
                                                split,
                                                Map.of()))));
    }

    private Mono<Void> moveWhatRestsOnIt(Caller caller, LinkedRecord record, UUID target) {
        if (record.customer().isEmpty()) {
            return rows.moveConsents(caller.tenant(), record, target);
        }
        UUID former = record.customer().get();
        return rows.restElsewhere(caller.tenant(), record, former)
                .then(rows.moveIdentifiers(caller.tenant(), record, former, target))
                .flatMap(
                        moved ->
                                moved == 0
                                        ? Mono.empty()
                                        : changes.add(
                                                caller.tenant(),
                                                List.of(
                                                        new ChangeEvent(
                                                                ChangeEvent.Kind.IDENTIFIER_MOVED,
                                                                former,
                                                                target,
                                                                Map.of("count", moved)))))
                .then(rows.moveConsents(caller.tenant(), record, target));
    }

    /**
     * Works the profiles out again, the one that lost a record first: it frees what the other
     * takes.
     */
    private Mono<Void> rebuild(Caller caller, Optional<UUID> former, @Nullable UUID target) {
        return rebuild.of(caller.tenant(), former.stream().toList())
                .then(
                        Mono.defer(
                                () ->
                                        rebuild.of(
                                                caller.tenant(),
                                                Stream.ofNullable(target).toList())));
    }

    /** A customer that nothing is left of, such as one that an unlink made, is the other now. */
    private Mono<Void> absorbIfEmpty(Caller caller, Optional<UUID> former, UUID target) {
        return former.map(
                        id ->
                                rows.absorbIfEmpty(caller, id, target)
                                        .filter(absorbed -> absorbed)
                                        .flatMap(
                                                absorbed ->
                                                        changes.add(
                                                                caller.tenant(),
                                                                List.of(
                                                                        new ChangeEvent(
                                                                                ChangeEvent.Kind
                                                                                        .CUSTOMER_MERGED,
                                                                                id,
                                                                                target,
                                                                                Map.of())))))
                .orElse(Mono.empty());
    }

    private Mono<WriteOutcome> tell(
            Caller caller, String action, LinkedRecord record, UUID customer) {
        List<ChangeEvent> events =
                Stream.concat(record.customer().stream(), Stream.of(customer))
                        .distinct()
                        .map(id -> changed(id, action))
                        .toList();
        return changes.add(caller.tenant(), events)
                .then(
                        audit.add(
                                caller,
                                action,
                                record.type().code(),
                                record.id(),
                                Map.of("customer", customer.toString())))
                .thenReturn(new WriteOutcome.Done(customer));
    }

    private static ChangeEvent changed(UUID customer, String action) {
        return new ChangeEvent(
                ChangeEvent.Kind.CUSTOMER_CHANGED, customer, Map.of("action", action));
    }

    private static WriteOutcome noRecord() {
        return new WriteOutcome.Refused(
                UserError.of(UserError.Code.NOT_FOUND, "recordId", "There is no such record"));
    }

    private static Mono<WriteOutcome> refused(UserError.Code code, String field, String message) {
        return Mono.just(new WriteOutcome.Refused(UserError.of(code, field, message)));
    }
}
