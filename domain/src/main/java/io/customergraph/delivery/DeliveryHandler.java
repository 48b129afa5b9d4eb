package io.customergraph.delivery;

import reactor.core.publisher.Mono;

import java.util.List;

/** Applies what one provider delivers. */
public interface DeliveryHandler {

    /** Whose deliveries, by the key in the catalogue. */
    String provider();

    /**
     * Applies deliveries of the tenant of the context, in their order, within the transaction of
     * the worker that calls it. Each may have been applied before and changes nothing then.
     *
     * @param deliveries at most some hundreds, of one provider
     * @return what became of each, in the same order; an error where all are to be tried again
     */
    Mono<List<DeliveryOutcome>> apply(List<Delivery> deliveries);
}
