package io.customergraph.delivery;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Reads the bodies of a batch; where the store fails, one by one, to find out which it has. */
final class BodyReader {

    private final AuditedBodies bodies;

    BodyReader(AuditedBodies bodies) {
        this.bodies = bodies;
    }

    Mono<List<ReadDelivery>> read(List<ClaimedDelivery> claimed) {
        List<StoredBody> kept = new ArrayList<>(claimed.size());
        for (ClaimedDelivery one : claimed) {
            String reference = one.bodyRef();
            if (reference != null) {
                kept.add(body(one, reference));
            }
        }
        return bodies.readAll(kept, AccessPurpose.PROCESS)
                .map(texts -> claimed.stream().map(one -> found(one, texts)).toList())
                .onErrorResume(
                        failure ->
                                Flux.fromIterable(claimed)
                                        .concatMap(this::readAlone)
                                        .collectList());
    }

    private Mono<ReadDelivery> readAlone(ClaimedDelivery one) {
        String reference = one.bodyRef();
        return reference == null
                ? Mono.just(found(one, Map.of()))
                : bodies.readAll(List.of(body(one, reference)), AccessPurpose.PROCESS)
                        .map(texts -> found(one, texts))
                        .onErrorReturn(
                                new ReadDelivery.NotNow(
                                        one,
                                        "BODY_UNAVAILABLE",
                                        "The store of bodies did not give it"));
    }

    private static StoredBody body(ClaimedDelivery of, String reference) {
        return new StoredBody(of.id(), of.connection(), reference, of.bodySha256());
    }

    private static ReadDelivery found(ClaimedDelivery one, Map<UUID, String> texts) {
        String text = texts.get(one.id());
        return text == null
                ? new ReadDelivery.Unusable(
                        one,
                        new DeliveryOutcome.Unusable(
                                "BODY_GONE", "Its body is not kept any more, or was changed"))
                : new ReadDelivery.WithBody(one, one.with(text));
    }
}
