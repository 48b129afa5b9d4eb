package io.customergraph.delivery;

import io.customergraph.delivery.DeliveryRows.Ending;
import io.customergraph.sql.LostRace;
import io.customergraph.sql.SqlState;
import io.customergraph.tenant.TenantId;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.reactive.TransactionalOperator;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Works at a batch that was claimed. What fails for a reason that nobody expected is halved until
 * the delivery that is to blame is alone; what failed before is tried alone from the start, so that
 * one that kills its node takes no other along.
 */
final class DeliveryBatches {

    private static final Logger LOG = LoggerFactory.getLogger(DeliveryBatches.class);

    private static final String NO_HANDLER =
            "This version of the server does nothing with deliveries of the provider; replay it"
                    + " when one does";

    private final DeliveryRows rows;
    private final TransactionalOperator transaction;
    private final BodyReader bodies;
    private final Map<String, DeliveryHandler> handlers;
    private final QueueSettings settings;

    DeliveryBatches(
            DeliveryRows rows,
            TransactionalOperator transaction,
            AuditedBodies bodies,
            Map<String, DeliveryHandler> handlers,
            QueueSettings settings) {
        this.rows = rows;
        this.transaction = transaction;
        this.bodies = new BodyReader(bodies);
        this.handlers = handlers;
        this.settings = settings;
    }

    /** Works at deliveries of one connection, which are in the order in which they came. */
    Mono<Worked> work(TenantId tenant, String claim, List<ClaimedDelivery> claimed) {
        BatchProgress progress = new BatchProgress(tenant, claim, claimed);
        DeliveryHandler handler = handlers.get(claimed.getFirst().provider());
        Mono<Void> work =
                handler == null
                        ? ignoreAll(progress, claimed)
                        : bodies.read(claimed)
                                .flatMap(read -> BodyLookup.of(handler, read))
                                .flatMapIterable(DeliveryBatches::groups)
                                .concatMap(group -> begin(progress, handler, group), 1)
                                .then(Mono.defer(() -> giveBack(progress)));
        return work.onErrorResume(LeaseLost.class, lost -> note(claim))
                .then(Mono.fromSupplier(progress::worked));
    }

    private Mono<Void> ignoreAll(BatchProgress progress, List<ClaimedDelivery> claimed) {
        DeliveryOutcome ignored = new DeliveryOutcome.Ignored(NO_HANDLER);
        List<Ending> endings = claimed.stream().map(one -> ending(one, ignored)).toList();
        return finish(progress, endings);
    }

    /** Those that nobody tried yet go together, the others alone, all in their order. */
    static List<List<ReadDelivery>> groups(List<ReadDelivery> deliveries) {
        List<List<ReadDelivery>> groups = new ArrayList<>();
        boolean isOpen = false;
        for (ReadDelivery one : deliveries) {
            boolean goesTogether = one.claimed().isFresh() && one instanceof ReadDelivery.WithBody;
            if (goesTogether && isOpen) {
                groups.getLast().add(one);
            } else {
                groups.add(new ArrayList<>(List.of(one)));
            }
            isOpen = goesTogether;
        }
        return groups;
    }

    private Mono<Void> begin(
            BatchProgress progress, DeliveryHandler handler, List<ReadDelivery> group) {
        return switch (group.getFirst()) {
            case ReadDelivery one when progress.isHeldBack(one.claimed()) && group.size() == 1 ->
                    Mono.empty();
            case ReadDelivery one when !one.claimed().isFresh() ->
                    rows.beginAgain(progress.tenant(), progress.claim(), one.claimed().id())
                            .switchIfEmpty(Mono.error(() -> new LeaseLost(progress.claim())))
                            .flatMap(
                                    attempts ->
                                            again(
                                                    progress,
                                                    handler,
                                                    one.with(one.claimed().begunAgain(attempts))));
            case ReadDelivery one when group.size() == 1 -> alone(progress, handler, one);
            case ReadDelivery first -> apply(progress, handler, readable(group));
        };
    }

    private static List<ReadDelivery.WithBody> readable(List<ReadDelivery> group) {
        return group.stream().map(ReadDelivery.WithBody.class::cast).toList();
    }

    /** One that used its attempts up without an end took its node along each time. */
    private Mono<Void> again(BatchProgress progress, DeliveryHandler handler, ReadDelivery one) {
        if (one.claimed().attempts() <= settings.maxAttempts()) {
            return alone(progress, handler, one);
        }
        return finish(
                progress,
                List.of(
                        ending(
                                one.claimed(),
                                new DeliveryOutcome.Unusable(
                                        "ABANDONED",
                                        "No attempt at it came to an end; the server's log may"
                                                + " say why"))));
    }

    private Mono<Void> alone(BatchProgress progress, DeliveryHandler handler, ReadDelivery one) {
        return switch (one) {
            case ReadDelivery.WithBody readable -> apply(progress, handler, List.of(readable));
            case ReadDelivery.Unusable(ClaimedDelivery claimed, DeliveryOutcome.Unusable why) ->
                    finish(progress, List.of(ending(claimed, why)));
            case ReadDelivery.NotNow(ClaimedDelivery claimed, String code, String why) ->
                    fail(progress, List.of(claimed), code, why);
        };
    }

    private Mono<Void> apply(
            BatchProgress progress, DeliveryHandler handler, List<ReadDelivery.WithBody> group) {
        List<ReadDelivery.WithBody> open =
                group.stream().filter(one -> !progress.isHeldBack(one.claimed())).toList();
        if (open.isEmpty()) {
            return Mono.empty();
        }
        List<Delivery> deliveries = open.stream().map(ReadDelivery.WithBody::delivery).toList();
        return Mono.defer(
                        () ->
                                handler.apply(deliveries)
                                        .map(outcomes -> endings(open, outcomes))
                                        .flatMap(
                                                endings ->
                                                        rows.finish(
                                                                        progress.tenant(),
                                                                        progress.claim(),
                                                                        endings)
                                                                .thenReturn(endings))
                                        .as(transaction::transactional))
                .retryWhen(LostRace.again())
                .doOnNext(progress::ended)
                .then()
                .onErrorResume(
                        failure -> !(failure instanceof LeaseLost),
                        failure -> afterFailure(progress, handler, open, failure));
    }

    private Mono<Void> afterFailure(
            BatchProgress progress,
            DeliveryHandler handler,
            List<ReadDelivery.WithBody> group,
            Throwable failure) {
        if (group.size() > 1 && !isOutage(failure)) {
            int half = group.size() / 2;
            return Flux.just(group.subList(0, half), group.subList(half, group.size()))
                    .concatMap(part -> apply(progress, handler, part), 1)
                    .then();
        }
        String state = SqlState.of(failure);
        String kind =
                failure.getClass().getSimpleName()
                        + (state == null ? "" : " [SQL state " + state + "]");
        LOG.warn(
                "Delivery {} of {} failed: {}",
                group.getFirst().claimed().id(),
                group.getFirst().claimed().provider(),
                kind);
        return fail(
                progress,
                group.stream().map(ReadDelivery.WithBody::claimed).toList(),
                isOutage(failure) ? "UNAVAILABLE" : "UNEXPECTED",
                "It could not be applied (%s); the server's log says more".formatted(kind));
    }

    /**
     * The database is not there, or takes too long: none of the deliveries is to blame, and halves
     * would each wait as long.
     */
    private static boolean isOutage(Throwable failure) {
        return failure instanceof DataAccessResourceFailureException
                || failure instanceof TransactionException;
    }

    private static List<Ending> endings(
            List<ReadDelivery.WithBody> group, List<DeliveryOutcome> outcomes) {
        if (outcomes.size() != group.size()) {
            throw new IllegalStateException(
                    "A handler told of %d deliveries what became of %d"
                            .formatted(group.size(), outcomes.size()));
        }
        List<Ending> endings = new ArrayList<>(group.size());
        for (int n = 0; n < group.size(); n++) {
            endings.add(ending(group.get(n).claimed(), outcomes.get(n)));
        }
        return endings;
    }

    private static Ending ending(ClaimedDelivery of, DeliveryOutcome outcome) {
        return switch (outcome) {
            case DeliveryOutcome.Applied() ->
                    new Ending(of.id(), "processed", null, null, null, null);
            case DeliveryOutcome.Ignored(String why) ->
                    new Ending(of.id(), "ignored", null, null, "IGNORED", why);
            case DeliveryOutcome.Unusable(String code, String why) ->
                    new Ending(of.id(), "dead", null, null, code, why);
        };
    }

    /** Tries again later, and not for ever; those of the same keys wait meanwhile. */
    private Mono<Void> fail(
            BatchProgress progress, List<ClaimedDelivery> failed, String code, String why) {
        List<Ending> endings = new ArrayList<>(failed.size());
        for (ClaimedDelivery one : failed) {
            boolean isLast = one.attempts() >= settings.maxAttempts();
            double pause =
                    settings.pause(one.attempts(), ThreadLocalRandom.current()).toMillis() / 1000.0;
            endings.add(
                    isLast
                            ? new Ending(one.id(), "dead", null, null, code, why)
                            : new Ending(one.id(), "failed", null, pause, code, why));
            if (!isLast) {
                progress.holdBackAfter(one);
            }
        }
        return finish(progress, endings);
    }

    /** What waits for another of its key was not tried, and is as it was before. */
    private Mono<Void> giveBack(BatchProgress progress) {
        List<Ending> endings =
                progress.open().stream()
                        .map(
                                one ->
                                        new Ending(
                                                one.id(),
                                                one.isFresh() ? "received" : "failed",
                                                one.isFresh() ? 0 : null,
                                                null,
                                                null,
                                                null))
                        .toList();
        return endings.isEmpty() ? Mono.empty() : finish(progress, endings);
    }

    private Mono<Void> finish(BatchProgress progress, List<Ending> endings) {
        return Mono.defer(() -> rows.finish(progress.tenant(), progress.claim(), endings))
                .as(transaction::transactional)
                .retryWhen(LostRace.again())
                .then(Mono.fromRunnable(() -> progress.ended(endings)));
    }

    private static Mono<Void> note(String claim) {
        LOG.warn("Claim {} lasted longer than its lease; another node has it", claim);
        return Mono.empty();
    }
}
