package io.customergraph.link;

import io.customergraph.customer.LivingCustomers;
import io.customergraph.id.TimeOrderedId;
import io.customergraph.ingest.RecordType;
import io.customergraph.sql.SqlText;
import io.customergraph.tenant.Caller;
import io.customergraph.tenant.TenantId;

import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;

import reactor.core.publisher.Mono;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/** Runs the statements of {@link LinkSql}. */
final class LinkRows {

    private final DatabaseClient database;
    private final LivingCustomers living;

    LinkRows(DatabaseClient database) {
        this.database = database;
        this.living = new LivingCustomers(database);
    }

    /** Locks a record; empty where there is none, or it is about nobody by its nature. */
    Mono<LinkedRecord> record(TenantId tenant, RecordType type, UUID id) {
        return LinkSql.lockRecord(type)
                .map(
                        sql ->
                                at(sql, tenant)
                                        .bind("record", id)
                                        .map(
                                                row ->
                                                        new LinkedRecord(
                                                                type,
                                                                id,
                                                                Optional.ofNullable(
                                                                        row.get(0, UUID.class)),
                                                                Objects.requireNonNull(
                                                                        row.get(1, String.class))))
                                        .one())
                .orElse(Mono.empty());
    }

    /** Locks living customers, and gives their versions. */
    Mono<Map<UUID, Long>> lock(TenantId tenant, UUID one, Optional<UUID> other) {
        return living.lock(tenant, Stream.concat(Stream.of(one), other.stream()).toList());
    }

    /** Whose the record was without any merge; empty where no link stood. */
    Mono<UUID> withdrawLink(Caller caller, LinkedRecord record, @Nullable String reason) {
        return at(LinkSql.WITHDRAW_LINK, caller.tenant())
                .bind("record", record.id())
                .bind("actor", caller.name())
                .bind("reason", SqlText.of(reason))
                .map(row -> Objects.requireNonNull(row.get(0, UUID.class)))
                .one();
    }

    Mono<Void> withdrawBan(
            Caller caller, LinkedRecord record, UUID customer, @Nullable String reason) {
        return at(LinkSql.WITHDRAW_BAN, caller.tenant())
                .bind("record", record.id())
                .bind("customer", customer)
                .bind("actor", caller.name())
                .bind("reason", SqlText.of(reason))
                .then();
    }

    Mono<Void> addLink(
            Caller caller,
            LinkedRecord record,
            UUID customer,
            String rule,
            @Nullable String reason) {
        return decide("link", caller, record, customer, rule, reason);
    }

    Mono<Void> addBan(Caller caller, LinkedRecord record, UUID customer, @Nullable String reason) {
        return decide("ban", caller, record, customer, "steward", reason);
    }

    private Mono<Void> decide(
            String kind,
            Caller caller,
            LinkedRecord record,
            UUID customer,
            String rule,
            @Nullable String reason) {
        return at(LinkSql.INSERT_DECISION, caller.tenant())
                .bind("id", TimeOrderedId.next())
                .bind("kind", kind)
                .bind("customer", customer)
                .bind("recordType", record.type().code())
                .bind("record", record.id())
                .bind("rule", rule)
                .bind("actor", caller.name())
                .bind("reason", SqlText.of(reason))
                .then();
    }

    Mono<Void> setCustomer(TenantId tenant, LinkedRecord record, @Nullable UUID customer) {
        GenericExecuteSpec spec =
                at(LinkSql.setCustomer(record.type()), tenant).bind("record", record.id());
        return (customer == null
                        ? spec.bindNull("customer", UUID.class)
                        : spec.bind("customer", customer))
                .then();
    }

    /** Whether an identifier of the customer rests on the record and on no other. */
    Mono<Boolean> restsOnRecordAlone(TenantId tenant, LinkedRecord record, UUID customer) {
        return at(LinkSql.RESTS_ON_RECORD_ALONE, tenant)
                .bind("record", record.id())
                .bind("customer", customer)
                .map(row -> Boolean.TRUE.equals(row.get(0, Boolean.class)))
                .one();
    }

    /** Identifiers that another record of the customer also says rest on that one from now on. */
    Mono<Void> restElsewhere(TenantId tenant, LinkedRecord record, UUID customer) {
        return at(LinkSql.REST_ELSEWHERE, tenant)
                .bind("record", record.id())
                .bind("customer", customer)
                .then();
    }

    /** Ends what rests on the record at the one customer and starts it at the other. */
    Mono<Long> moveIdentifiers(TenantId tenant, LinkedRecord record, UUID from, UUID to) {
        return at(LinkSql.END_IDENTIFIERS, tenant)
                .bind("record", record.id())
                .bind("customer", from)
                .fetch()
                .rowsUpdated()
                .flatMap(
                        ended ->
                                ended == 0
                                        ? Mono.just(0L)
                                        : at(LinkSql.START_IDENTIFIERS, tenant)
                                                .bind("record", record.id())
                                                .bind("customer", from)
                                                .bind("target", to)
                                                .fetch()
                                                .rowsUpdated());
    }

    Mono<Void> moveConsents(TenantId tenant, LinkedRecord record, UUID to) {
        return at(LinkSql.MOVE_CONSENTS, tenant)
                .bind("record", record.id())
                .bind("customer", to)
                .then();
    }

    Mono<Void> insertCustomer(TenantId tenant, UUID id, LinkedRecord record) {
        return at(LinkSql.INSERT_CUSTOMER, tenant)
                .bind("id", id)
                .bind("source", record.sourceType())
                .then();
    }

    /** Marks a customer without records and identifiers as merged into another. */
    Mono<Boolean> absorbIfEmpty(Caller caller, UUID empty, UUID into) {
        return at(LinkSql.ABSORB_IF_EMPTY, caller.tenant())
                .bind("empty", empty)
                .bind("into", into)
                .bind("decision", TimeOrderedId.next())
                .bind("actor", caller.name())
                .fetch()
                .rowsUpdated()
                .map(rows -> rows > 0);
    }

    private GenericExecuteSpec at(String sql, TenantId tenant) {
        return database.sql(sql).bind("tenant", tenant.value());
    }
}
