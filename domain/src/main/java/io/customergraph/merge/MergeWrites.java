package io.customergraph.merge;

import io.customergraph.change.AuditLog;
import io.customergraph.change.ChangeEvent;
import io.customergraph.change.ChangeEvents;
import io.customergraph.customer.ProfileRebuild;
import io.customergraph.id.TimeOrderedId;
import io.customergraph.sql.JsonRows;
import io.customergraph.sql.SqlText;
import io.customergraph.tenant.Caller;
import io.customergraph.tenant.TenantId;

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
    private final ChangeEvents changes;
    private final AuditLog audit;

    MergeWrites(DatabaseClient database, ProfileRebuild rebuild) {
        this.database = database;
        this.rebuild = rebuild;
        this.changes = new ChangeEvents(database);
        this.audit = new AuditLog(database);
    }

    GenericExecuteSpec at(String sql, TenantId tenant) {
        return database.sql(sql).bind("tenant", tenant.value());
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

    /**
     * Who decides that customers are one.
     *
     * @param rule {@code steward}, or what decided by itself
     * @param model the version of the model that decided; null where none did
     */
    record Decider(String rule, @Nullable String model, String actor, @Nullable String reason) {}

    /**
     * Makes customers into others, in a constant number of statements. All are locked, no survivor
     * is absorbed, and none is absorbed twice.
     */
    Mono<Void> absorb(TenantId tenant, Decider decider, List<Absorption> absorptions) {
        UUID[] from = absorptions.stream().map(Absorption::absorbed).toArray(UUID[]::new);
        UUID[] to = absorptions.stream().map(Absorption::survivor).toArray(UUID[]::new);
        return at(MergeSql.DECIDE, tenant)
                .bind(
                        "ids",
                        absorptions.stream().map(of -> TimeOrderedId.next()).toArray(UUID[]::new))
                .bind("from", from)
                .bind("to", to)
                .bind(
                        "evidence",
                        absorptions.stream()
                                .map(of -> JsonRows.MAPPER.writeValueAsString(of.evidence()))
                                .toArray(String[]::new))
                .bind("rule", decider.rule)
                .bind("model", SqlText.of(decider.model))
                .bind("actor", decider.actor)
                .bind("reason", SqlText.of(decider.reason))
                .then()
                .then(move(tenant, MergeSql.ABSORB, from, to))
                .thenMany(
                        Flux.fromIterable(MergeSql.moveRecords())
                                .concatMap(sql -> move(tenant, sql, from, to)))
                .then(move(tenant, MergeSql.MOVE_CONSENTS, from, to))
                .then(move(tenant, MergeSql.MOVE_IDENTIFIERS, from, to))
                .then(
                        at(MergeSql.REDIRECT_CANDIDATES, tenant)
                                .bind("from", from)
                                .bind("to", to)
                                .bind("actor", decider.actor)
                                .then())
                .then(tell(tenant, absorptions.stream().map(MergeWrites::merged).toList()))
                .then(
                        Mono.defer(
                                () -> refresh(tenant, Stream.of(to).distinct().sorted().toList())));
    }

    private static ChangeEvent merged(Absorption absorption) {
        return new ChangeEvent(
                ChangeEvent.Kind.CUSTOMER_MERGED,
                absorption.absorbed(),
                absorption.survivor(),
                Map.of());
    }

    private Mono<Void> move(TenantId tenant, String sql, UUID[] from, UUID[] to) {
        return at(sql, tenant).bind("from", from).bind("to", to).then();
    }

    /** Takes what is at home with one customer from another. */
    Mono<Void> giveBack(TenantId tenant, String sql, UUID from, UUID to) {
        return at(sql, tenant).bind("from", from).bind("to", to).then();
    }

    /** Gives candidates back to whom they were found with. */
    Mono<Void> giveCandidatesBack(TenantId tenant, UUID to) {
        return at(MergeSql.RETURN_CANDIDATES, tenant).bind("to", to).then();
    }

    /** Works profiles out again and tells of it. */
    Mono<Void> refresh(TenantId tenant, List<UUID> customers) {
        return rebuild.of(tenant, customers)
                .then(
                        at(MergeSql.SCORE_AGAIN, tenant)
                                .bind("customers", customers.toArray(UUID[]::new))
                                .then())
                .then(tell(tenant, customers.stream().map(MergeWrites::changed).toList()));
    }

    private static ChangeEvent changed(UUID customer) {
        return new ChangeEvent(
                ChangeEvent.Kind.CUSTOMER_CHANGED, customer, Map.of("action", "profile"));
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
