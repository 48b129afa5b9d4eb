package io.customergraph.webhook;

import io.customergraph.delivery.Receipt;
import io.micrometer.core.instrument.MeterRegistry;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Counts what came of requests, and writes down why one was refused: no value of it, ever. */
final class WebhookMeters {

    private static final Logger LOG = LoggerFactory.getLogger(WebhookMeters.class);
    private static final String COUNTER = "customergraph.webhooks";

    private static final Set<Refused> UNWRITTEN =
            EnumSet.of(Refused.UNKNOWN, Refused.METHOD, Refused.TOO_MANY);

    private final MeterRegistry registry;

    WebhookMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    void received(String provider, Receipt receipt) {
        count(provider, receipt);
    }

    /**
     * Anybody could fill a log with some, and with any for addresses that nobody receives at: of
     * these only the number is kept.
     */
    void refused(String provider, Optional<Receiver> receiver, Refused why) {
        count(provider, why);
        if (!UNWRITTEN.contains(why)) {
            receiver.ifPresent(
                    known ->
                            LOG.info(
                                    "A webhook of {} for connection {} was refused: {}",
                                    provider,
                                    known.connection(),
                                    why));
        }
    }

    private void count(String provider, Enum<?> outcome) {
        registry.counter(
                        COUNTER,
                        "provider",
                        provider,
                        "outcome",
                        outcome.name().toLowerCase(Locale.ROOT))
                .increment();
    }
}
