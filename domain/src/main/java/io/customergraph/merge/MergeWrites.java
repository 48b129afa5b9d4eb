package io.customergraph.merge;

import io.customergraph.change.AuditLog;
import io.customergraph.change.ChangeEvent;
import io.customergraph.change.ChangeEvents;
import io.customergraph.customer.CustomerNames;
import io.customergraph.customer.CustomerSearch;
import io.customergraph.link.ProfileRebuild;
import io.customergraph.tenant.Caller;
import io.customergraph.tenant.TenantId;
import io.r2dbc.spi.Parameter;
import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.R2dbcType;

import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/** The steps that merging and its undoing are made of; each within their transaction. */
final class MergeWrites {

    private final DatabaseClient database;
    private final ProfileRebuild rebuild;
    private final CustomerSearch search;
    private final ChangeEvents changes;
    private final AuditLog audit;

    MergeWrites(DatabaseClient database, ProfileRebuild rebuild) {
        this.database = database;
        this.rebuild = rebuild;
        this.search = new CustomerSearch(database);
        this.changes = new ChangeEvents(database);
        this.audit = new AuditLog(database);
    }

    GenericExecuteSpec at(String sql, TenantId tenant) {
        return database.sql(sql).bind("tenant", tenant.value());
    }

    static Parameter text(@Nullable String value) {
        return value == null
                ? Parameters.in(R2dbcType.VARCHAR)
                : Parameters.in(R2dbcType.VARCHAR, value);
    }

    /** Locks all of them, in one order for everybody. */
    Mono<Void> lock(TenantId tenant, UUID survivor, List<UUID> absorbed) {
        UUID[] ids =
                Stream.concat(Stream.of(survivor), absorbed.stream())
                        .distinct()
                        .sorted()
                        .toArray(UUID[]::new);
        return at(MergeSql.LOCK, tenant).bind("ids", ids).fetch().all().then();
    }

    Mono<Void> moveAll(TenantId tenant, List<String> statements, UUID from, UUID to) {
        return Flux.fromIterable(statements).concatMap(sql -> move(tenant, sql, from, to)).then();
    }

    /** How many rows went from one customer to the other. */
    Mono<Long> move(TenantId tenant, String sql, UUID from, UUID to) {
        return at(sql, tenant).bind("from", from).bind("to", to).fetch().rowsUpdated();
    }

    /** Works a customer's profile out again and tells of it. */
    Mono<Void> refresh(TenantId tenant, UUID customer) {
        return rebuild.of(tenant, customer)
                .flatMap(names -> search.update(tenant, List.of(searchNames(names))))
                .then(
                        tell(
                                tenant,
                                List.of(
                                        new ChangeEvent(
                                                ChangeEvent.Kind.CUSTOMER_CHANGED,
                                                customer,
                                                Map.of("action", "profile")))));
    }

    private static CustomerSearch.Names searchNames(ProfileRebuild.Names names) {
        return new CustomerSearch.Names(
                names.customer(), CustomerNames.searchNames(names.first(), names.last()));
    }

    Mono<Void> tell(TenantId tenant, List<ChangeEvent> events) {
        return changes.add(tenant, events);
    }

    Mono<Void> audit(Caller caller, String action, UUID survivor, List<UUID> others) {
        return audit.add(
                caller,
                action,
                "customer",
                survivor,
                Map.of("others", others.stream().map(UUID::toString).toList()));
    }
}
