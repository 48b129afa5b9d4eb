package io.customergraph.delivery;

import io.customergraph.delivery.DeliveryTranslator.Translation;
import io.customergraph.ingest.DeletedRecord;
import io.customergraph.ingest.IdentityEvent;
import io.customergraph.ingest.IdentityEvents;
import io.customergraph.ingest.Ingestion;
import io.customergraph.ingest.RecordDeletions;
import io.customergraph.ingest.Resolution;
import io.customergraph.ingest.SourceRecord;
import io.customergraph.integration.AccountEvents;
import io.customergraph.integration.PrivacyDesk;
import io.customergraph.integration.ProviderPrivacyRequest;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Applies deliveries by what a translator makes of them. The records of a batch are ingested
 * together; only an identity event, which has to come after the records before it, parts them.
 * Deletions come last: what is gone comes back by no version that was told before or after it, and
 * whoever deletes keeps others from inserting until the end.
 */
public final class TranslatingHandler implements DeliveryHandler {

    private final DeliveryTranslator translator;
    private final Ingestion ingestion;
    private final IdentityEvents identityEvents;
    private final RecordDeletions deletions;
    private final AccountEvents accounts;
    private final PrivacyDesk privacy;
    private final Optional<DeliveryLookup> lookup;

    /**
     * A handler of the translator's provider.
     *
     * @param ingestion whose transactions nest in the worker's, so that a record which the database
     *     refuses does not spoil it
     * @param identityEvents the same
     * @param deletions the same
     * @param lookup of the same provider, where it is to be asked
     */
    public TranslatingHandler(
            DeliveryTranslator translator,
            Ingestion ingestion,
            IdentityEvents identityEvents,
            RecordDeletions deletions,
            AccountEvents accounts,
            PrivacyDesk privacy,
            Optional<DeliveryLookup> lookup) {
        this.translator = translator;
        this.ingestion = ingestion;
        this.identityEvents = identityEvents;
        this.deletions = deletions;
        this.accounts = accounts;
        this.privacy = privacy;
        this.lookup = lookup;
    }

    /** A handler of a provider whose deliveries say everything. */
    public TranslatingHandler(
            DeliveryTranslator translator,
            Ingestion ingestion,
            IdentityEvents identityEvents,
            RecordDeletions deletions,
            AccountEvents accounts,
            PrivacyDesk privacy) {
        this(translator, ingestion, identityEvents, deletions, accounts, privacy, Optional.empty());
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
                    Translated all = translate(deliveries);
                    return Flux.fromIterable(all.steps)
                            .concatMap(step -> take(step, all.outcomes), 1)
                            .thenMany(Flux.fromIterable(all.uninstalled))
                            .concatMap(
                                    one ->
                                            accounts.uninstalled(
                                                    one.what.connection(), provider(), one.at),
                                    1)
                            .thenMany(Flux.fromIterable(all.asked))
                            .concatMap(
                                    one ->
                                            privacy.asked(
                                                    one.delivery.connection(),
                                                    provider(),
                                                    one.request,
                                                    one.at),
                                    1)
                            .then(Mono.fromSupplier(() -> List.copyOf(all.outcomes)));
                });
    }

    /** Something that one delivery says. */
    private record Said<T>(int delivery, T what) {}

    private record Uninstalled(Delivery what, Instant at) {}

    private record Asked(Delivery delivery, ProviderPrivacyRequest request, Instant at) {}

    /** What is applied by one call each: of deliveries by their numbers. */
    private record Step(
            List<Said<SourceRecord>> records,
            List<Said<IdentityEvent>> events,
            List<Said<DeletedRecord>> deletions) {
        static Step empty() {
            return new Step(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        }
    }

    private record Translated(
            List<Step> steps,
            List<Uninstalled> uninstalled,
            List<Asked> asked,
            List<DeliveryOutcome> outcomes) {

        Step last() {
            return steps.getLast();
        }

        /** The last step, or a new one where that is too far already or full. */
        Step next(boolean isTooFar, int size, int most) {
            if (isTooFar || size == most) {
                steps.add(Step.empty());
            }
            return last();
        }
    }

    private Translated translate(List<Delivery> deliveries) {
        Translated all =
                new Translated(
                        new ArrayList<>(List.of(Step.empty())),
                        new ArrayList<>(0),
                        new ArrayList<>(0),
                        new ArrayList<>(deliveries.size()));
        for (int n = 0; n < deliveries.size(); n++) {
            Delivery delivery = deliveries.get(n);
            DeliveryOutcome outcome = new DeliveryOutcome.Applied();
            switch (translator.translate(delivery)) {
                case Translation.Nothing nothing -> outcome = nothing.outcome();
                case Translation.Said said -> add(all, n, said);
                case Translation.Uninstalled(Instant at) ->
                        all.uninstalled.add(new Uninstalled(delivery, at));
                case Translation.Privacy(ProviderPrivacyRequest request, Instant at) ->
                        all.asked.add(new Asked(delivery, request, at));
            }
            all.outcomes.add(outcome);
        }
        return all;
    }

    private static void add(Translated all, int delivery, Translation.Said said) {
        for (SourceRecord record : said.records()) {
            Step last = all.last();
            all.next(!last.events.isEmpty(), last.records.size(), Ingestion.MAX_BATCH)
                    .records
                    .add(new Said<>(delivery, record));
        }
        for (IdentityEvent event : said.identityEvents()) {
            Step last = all.last();
            all.next(!last.deletions.isEmpty(), last.events.size(), IdentityEvents.MAX_BATCH)
                    .events
                    .add(new Said<>(delivery, event));
        }
        for (DeletedRecord deleted : said.deletions()) {
            all.next(false, all.last().deletions.size(), RecordDeletions.MAX_BATCH)
                    .deletions
                    .add(new Said<>(delivery, deleted));
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
                .then(
                        Mono.defer(
                                () ->
                                        deletions.apply(
                                                step.deletions.stream().map(Said::what).toList())));
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
