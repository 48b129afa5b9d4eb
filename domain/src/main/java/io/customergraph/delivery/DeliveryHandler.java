package io.customergraph.delivery;

import reactor.core.publisher.Mono;

import java.util.List;
import java.util.Optional;

/** Applies what one provider delivers. */
public interface DeliveryHandler {

    /** Whose deliveries, by the key in the catalogue. */
    String provider();

    /** What is asked before deliveries are applied; empty where their bodies say everything. */
    default Optional<DeliveryLookup> lookup() {
        return Optional.empty();
    }

    /**
     * Applies deliveries of the tenant of the context, in their order, within the transaction of
     * the worker that calls it. Each may have been applied before and changes nothing then.
     *
     * @param deliveries at most some hundreds, of one provider
     * @return what became of each, in the same order; an error where all are to be tried again
     */
    Mono<List<DeliveryOutcome>> apply(List<Delivery> deliveries);
}
