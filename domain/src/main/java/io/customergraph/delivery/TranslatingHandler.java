package io.customergraph.delivery;

import io.customergraph.delivery.DeliveryTranslator.Translation;
import io.customergraph.ingest.IdentityEvent;
import io.customergraph.ingest.IdentityEvents;
import io.customergraph.ingest.Ingestion;
import io.customergraph.ingest.Resolution;
import io.customergraph.ingest.SourceRecord;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Applies deliveries by what a translator makes of them. The records of a batch are ingested
 * together; only an identity event, which has to come after the records before it, parts them.
 */
public final class TranslatingHandler implements DeliveryHandler {

    private final DeliveryTranslator translator;
    private final Ingestion ingestion;
    private final IdentityEvents identityEvents;
    private final Optional<DeliveryLookup> lookup;

    /**
     * A handler of the translator's provider.
     *
     * @param ingestion whose transactions nest in the worker's, so that a record which the database
     *     refuses does not spoil it
     * @param identityEvents the same
     * @param lookup of the same provider, where it is to be asked
     */
    public TranslatingHandler(
            DeliveryTranslator translator,
            Ingestion ingestion,
            IdentityEvents identityEvents,
            Optional<DeliveryLookup> lookup) {
        this.translator = translator;
        this.ingestion = ingestion;
        this.identityEvents = identityEvents;
        this.lookup = lookup;
    }

    /** A handler of a provider whose deliveries say everything. */
    public TranslatingHandler(
            DeliveryTranslator translator, Ingestion ingestion, IdentityEvents identityEvents) {
        this(translator, ingestion, identityEvents, Optional.empty());
    }

    @Override
    public String provider() {
        return translator.provider();
    }

    @Override
    public Optional<DeliveryLookup> lookup() {
        return lookup;
    }

    @Override
    public Mono<List<DeliveryOutcome>> apply(List<Delivery> deliveries) {
        return Mono.defer(
                () -> {
                    List<DeliveryOutcome> outcomes = new ArrayList<>(deliveries.size());
                    return Flux.fromIterable(steps(deliveries, outcomes))
                            .concatMap(step -> take(step, outcomes), 1)
                            .then(Mono.fromSupplier(() -> List.copyOf(outcomes)));
                });
    }

    /** Something that one delivery says. */
    private record Said<T>(int delivery, T what) {}

    /** What is applied by one call: records or events, of deliveries by their numbers. */
    private record Step(List<Said<SourceRecord>> records, List<Said<IdentityEvent>> events) {
        static Step empty() {
            return new Step(new ArrayList<>(), new ArrayList<>());
        }
    }

    private List<Step> steps(List<Delivery> deliveries, List<DeliveryOutcome> outcomes) {
        List<Step> steps = new ArrayList<>();
        steps.add(Step.empty());
        for (int n = 0; n < deliveries.size(); n++) {
            switch (translator.translate(deliveries.get(n))) {
                case Translation.Nothing(DeliveryOutcome outcome) -> outcomes.add(outcome);
                case Translation.Said said -> {
                    outcomes.add(new DeliveryOutcome.Applied());
                    add(steps, n, said);
                }
            }
        }
        return steps;
    }

    private static void add(List<Step> steps, int delivery, Translation.Said said) {
        for (SourceRecord record : said.records()) {
            Step last = steps.getLast();
            if (!last.events.isEmpty() || last.records.size() == Ingestion.MAX_BATCH) {
                steps.add(Step.empty());
            }
            steps.getLast().records.add(new Said<>(delivery, record));
        }
        for (IdentityEvent event : said.identityEvents()) {
            if (steps.getLast().events.size() == IdentityEvents.MAX_BATCH) {
                steps.add(Step.empty());
            }
            steps.getLast().events.add(new Said<>(delivery, event));
        }
    }

    private Mono<Void> take(Step step, List<DeliveryOutcome> outcomes) {
        return ingestion
                .ingest(step.records.stream().map(Said::what).toList())
                .doOnNext(resolutions -> noteRejected(step, resolutions, outcomes))
                .then(
                        Mono.defer(
                                () ->
                                        identityEvents.apply(
                                                step.events.stream().map(Said::what).toList())))
                .doOnNext(applied -> noteUnreadable(step, applied, outcomes))
                .then();
    }

    private static void noteRejected(
            Step step, List<Resolution> resolutions, List<DeliveryOutcome> outcomes) {
        for (int n = 0; n < resolutions.size(); n++) {
            if (resolutions.get(n) instanceof Resolution.Rejected(String reason)) {
                outcomes.set(
                        step.records.get(n).delivery,
                        new DeliveryOutcome.Unusable("REJECTED", reason));
            }
        }
    }

    private static void noteUnreadable(
            Step step, List<IdentityEvent.Outcome> applied, List<DeliveryOutcome> outcomes) {
        for (int n = 0; n < applied.size(); n++) {
            if (applied.get(n) == IdentityEvent.Outcome.UNREADABLE) {
                outcomes.set(
                        step.events.get(n).delivery,
                        new DeliveryOutcome.Unusable(
                                "UNREADABLE_IDENTIFIER",
                                "What it says somebody is known by is no such value"));
            }
        }
    }
}
