package io.customergraph.delivery;

import io.customergraph.tenant.TenantContext;
import io.customergraph.tenant.TenantId;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.reactive.TransactionalOperator;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Applies what was delivered, for any number of nodes that do so at once.
 *
 * <p>Deliveries of one ordering key are applied one after the other, as they came; one that waits
 * for another attempt holds those after it back, one that is dead does not. What a delivery means
 * and that it is done are one transaction, which commits only while the claim is this node's: it is
 * applied once, whatever dies and when. Connections that are paused are left alone; what one that
 * was ended had accepted before is applied.
 */
public final class DeliveryQueue {

    private final DeliveryRows rows;
    private final DeliveryBatches batches;
    private final QueueSettings settings;

    /**
     * A queue on a database.
     *
     * @param transaction of a new transaction for each attempt
     * @param handlers one of a provider; deliveries of others are ignored
     */
    public DeliveryQueue(
            DatabaseClient database,
            TransactionalOperator transaction,
            AuditedBodies bodies,
            Collection<DeliveryHandler> handlers,
            QueueSettings settings) {
        Map<String, DeliveryHandler> byProvider =
                handlers.stream()
                        .collect(
                                Collectors.toUnmodifiableMap(
                                        DeliveryHandler::provider, Function.identity()));
        this.rows = new DeliveryRows(database);
        this.batches = new DeliveryBatches(rows, transaction, bodies, byProvider, settings);
        this.settings = settings;
    }

    /** Connections of the tenant of the context that have something to do now, at most 1,000. */
    public Mono<List<UUID>> dueConnections() {
        return TenantContext.tenant().flatMap(rows::due);
    }

    /**
     * Takes up one batch of a connection of the tenant of the context, and works at it until each
     * of its deliveries is done, dead, or waits for another attempt. Whoever does not wait for it
     * does not stop it: a transaction that is cancelled between two statements may leave its
     * connection in the middle of one.
     */
    public Mono<Worked> work(UUID connection) {
        return Mono.deferContextual(
                context ->
                        Mono.fromFuture(
                                work(TenantContext.tenant(context), connection)
                                        .contextWrite(context)
                                        .toFuture(),
                                true));
    }

    private Mono<Worked> work(TenantId tenant, UUID connection) {
        String claim = UUID.randomUUID().toString();
        return rows.claim(tenant, connection, claim, settings)
                .flatMap(
                        claimed ->
                                claimed.isEmpty()
                                        ? Mono.just(Worked.NOTHING)
                                        : Mono.firstWithSignal(
                                                batches.work(tenant, claim, claimed),
                                                renewing(tenant, connection, claim)));
    }

    /** Renews the claim for as long as it is subscribed to; what fails is tried the next time. */
    private Mono<Worked> renewing(TenantId tenant, UUID connection, String claim) {
        return Flux.interval(settings.lease().dividedBy(3))
                .onBackpressureDrop()
                .concatMap(
                        tick ->
                                rows.renew(tenant, connection, claim, settings.lease())
                                        .onErrorComplete(),
                        1)
                .then(Mono.never());
    }
}
