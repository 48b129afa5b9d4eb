package io.customergraph.provider;

import io.customergraph.integration.OpenConnection;

import reactor.core.publisher.Mono;

import java.util.List;

/** Has a provider deliver to an address, through the provider's own API. */
public interface WebhookRegistrar {

    /** The provider's short name. */
    String provider();

    /**
     * Subscribes to what is wanted and not subscribed to yet, so that doing it again changes
     * nothing.
     *
     * @param address of the connection's webhook
     * @param wanted topics, {@code orders/*} for all of a kind; empty for all that are understood
     */
    Mono<Outcome> register(OpenConnection open, String address, List<String> wanted);

    /** What became of it. */
    sealed interface Outcome {

        /**
         * The provider answered.
         *
         * @param topics that it delivers to the address now
         * @param refused that it would not take
         */
        record Done(List<String> topics, List<String> refused) implements Outcome {
            public Done {
                topics = List.copyOf(topics);
                refused = List.copyOf(refused);
            }
        }

        /** Nothing is known to have been done. */
        record Failed(Problem problem) implements Outcome {}
    }

    /** Why nothing was done. */
    enum Problem {
        /** There is no token, or the provider does not take it. */
        UNAUTHORIZED,
        /** The provider asks to wait for longer than a caller does. */
        RATE_LIMITED,
        /** It does not answer, or not as it should. */
        UNAVAILABLE
    }
}
