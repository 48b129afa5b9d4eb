package io.customergraph.delivery;

import reactor.core.publisher.Mono;

import java.util.List;

/**
 * Asks a provider for what its deliveries tell of, where their bodies say too little or are not to
 * be believed. It is asked outside any transaction, so that a provider that is slow holds no
 * connection of the database.
 */
public interface DeliveryLookup {

    /** Whose deliveries, by the key in the catalogue. */
    String provider();

    /**
     * What is to be applied in place of each delivery.
     *
     * @param deliveries of one connection of the tenant of the context
     * @return one answer for each, in the same order; an error where all are to be tried again
     */
    Mono<List<Answer>> lookUp(List<Delivery> deliveries);

    /** What the provider says of one delivery. */
    sealed interface Answer {

        /** This is to be applied; never printed. */
        record Body(String text) implements Answer {
            @Override
            public String toString() {
                return "Body[]";
            }
        }

        /** It will not work however often it is tried. */
        record Never(DeliveryOutcome.Unusable why) implements Answer {}

        /**
         * The provider does not tell now.
         *
         * @param code for programs
         * @param why for people, without personal data
         */
        record NotNow(String code, String why) implements Answer {}
    }
}
