package io.customergraph.partner;

import io.customergraph.delivery.Delivery;
import io.customergraph.delivery.DeliveryHandler;
import io.customergraph.delivery.DeliveryOutcome;
import io.customergraph.ingest.IdentityEvent;
import io.customergraph.ingest.IdentityEvents;
import io.customergraph.ingest.Ingestion;
import io.customergraph.ingest.Resolution;
import io.customergraph.ingest.SourceRecord;
import io.customergraph.paging.Row;
import io.customergraph.sql.JsonRows;
import io.customergraph.tenant.TenantContext;
import io.customergraph.tenant.TenantId;

import org.springframework.r2dbc.core.DatabaseClient;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Applies what WhatsApp delivers, by Meta or by 360dialog: messages become conversations of
 * customers, changed numbers follow their people, and what is told of accounts and numbers keeps
 * the programme's tables current.
 */
public final class WhatsAppDeliveries implements DeliveryHandler {

    private static final String PORTFOLIOS =
            """
            SELECT waba_id, business_id FROM meta_whatsapp_clients
            WHERE tenant_id = :tenant AND business_id IS NOT NULL
            ORDER BY created_at
            LIMIT 1000
            """;

    private final String provider;
    private final DatabaseClient database;
    private final Ingestion ingestion;
    private final IdentityEvents identities;
    private final MessageStatuses statuses;
    private final PartnerStates states;

    /**
     * Applies deliveries of one provider.
     *
     * @param provider {@code meta_whatsapp} or {@code dialog_360}
     */
    public WhatsAppDeliveries(
            String provider,
            DatabaseClient database,
            Ingestion ingestion,
            IdentityEvents identities) {
        this.provider = provider;
        this.database = database;
        this.ingestion = ingestion;
        this.identities = identities;
        this.statuses = new MessageStatuses(database);
        this.states = new PartnerStates(database);
    }

    @Override
    public String provider() {
        return provider;
    }

    /** A fact, and which of the deliveries said it. */
    private record Said(int delivery, WhatsAppFact fact) {}

    @Override
    public Mono<List<DeliveryOutcome>> apply(List<Delivery> deliveries) {
        return TenantContext.tenant()
                .flatMap(
                        tenant ->
                                portfolios(tenant)
                                        .flatMap(known -> apply(tenant, deliveries, known)));
    }

    private Mono<Map<String, String>> portfolios(TenantId tenant) {
        return database.sql(PORTFOLIOS)
                .bind("tenant", tenant.value())
                .map(row -> Map.entry(Row.text(row, 0), Row.text(row, 1)))
                .all()
                .collectMap(Map.Entry::getKey, Map.Entry::getValue);
    }

    private Mono<List<DeliveryOutcome>> apply(
            TenantId tenant, List<Delivery> deliveries, Map<String, String> portfolios) {
        List<DeliveryOutcome> outcomes = new ArrayList<>(deliveries.size());
        List<Said> said = new ArrayList<>();
        for (int n = 0; n < deliveries.size(); n++) {
            outcomes.add(read(deliveries.get(n), portfolios, n, said));
        }
        return people(said, outcomes)
                .then(Mono.defer(() -> reached(tenant, said)))
                .then(Mono.defer(() -> states.apply(tenant, of(said))))
                .thenReturn(outcomes);
    }

    private DeliveryOutcome read(
            Delivery delivery, Map<String, String> portfolios, int number, List<Said> said) {
        JsonNode body;
        try {
            body = JsonRows.MAPPER.readTree(delivery.body());
        } catch (JacksonException unreadable) {
            return new DeliveryOutcome.Unusable("NOT_JSON", "The body is not JSON");
        }
        if (body == null || !body.isObject()) {
            return new DeliveryOutcome.Unusable("NOT_AN_OBJECT", "The body is no object");
        }
        Optional<List<PartnerNews>> event =
                provider.equals("dialog_360")
                        ? PartnerNewsReader.channel(body, when(delivery))
                        : Optional.empty();
        if (event.isPresent()) {
            event.get().forEach(one -> said.add(new Said(number, new WhatsAppFact.Told(one))));
            return event.get().isEmpty()
                    ? new DeliveryOutcome.Unusable("NO_CHANNEL", "The event names no channel")
                    : new DeliveryOutcome.Applied();
        }
        WhatsAppReader.Read read = new WhatsAppReader(delivery, portfolios).read(body);
        read.facts().forEach(fact -> said.add(new Said(number, fact)));
        if (!read.facts().isEmpty()) {
            return new DeliveryOutcome.Applied();
        }
        if (read.isBroken()) {
            return new DeliveryOutcome.Unusable(
                    "UNREADABLE_MESSAGE", "A message or status names no contact or has no id");
        }
        return new DeliveryOutcome.Ignored(
                read.isKnown()
                        ? "It says nothing that is followed"
                        : "Nobody follows what it is about");
    }

    private static Instant when(Delivery delivery) {
        Instant occurred = delivery.occurredAt();
        return occurred == null ? delivery.receivedAt() : occurred;
    }

    private static List<PartnerNews> of(List<Said> said) {
        return said.stream()
                .flatMap(
                        one ->
                                one.fact instanceof WhatsAppFact.Told(PartnerNews news)
                                        ? Stream.of(news)
                                        : Stream.empty())
                .toList();
    }

    /** Records and changes of identity alternate rarely: each run of one sort is one batch. */
    private Mono<Void> people(List<Said> said, List<DeliveryOutcome> outcomes) {
        List<List<Said>> runs = new ArrayList<>();
        for (Said one : said) {
            boolean isPerson =
                    one.fact instanceof WhatsAppFact.Wrote
                            || one.fact instanceof WhatsAppFact.Renamed;
            if (isPerson) {
                List<Said> last = runs.isEmpty() ? List.of() : runs.getLast();
                boolean isSame =
                        !last.isEmpty()
                                && last.size() < Ingestion.MAX_BATCH
                                && last.getFirst().fact.getClass() == one.fact.getClass();
                if (!isSame) {
                    runs.add(new ArrayList<>());
                }
                runs.getLast().add(one);
            }
        }
        return Flux.fromIterable(runs).concatMap(run -> run(run, outcomes)).then();
    }

    private Mono<Void> run(List<Said> run, List<DeliveryOutcome> outcomes) {
        List<SourceRecord> records = new ArrayList<>();
        List<IdentityEvent> events = new ArrayList<>();
        for (Said one : run) {
            switch (one.fact) {
                case WhatsAppFact.Wrote wrote -> records.add(wrote.conversation());
                case WhatsAppFact.Renamed renamed -> events.add(renamed.event());
                case WhatsAppFact.Reached reached -> throw new IllegalStateException();
                case WhatsAppFact.Told told -> throw new IllegalStateException();
            }
        }
        return events.isEmpty()
                ? ingestion.ingest(records).doOnNext(done -> note(run, done, outcomes)).then()
                : identities.apply(events).then();
    }

    private static void note(
            List<Said> run, List<Resolution> resolutions, List<DeliveryOutcome> outcomes) {
        for (int n = 0; n < run.size(); n++) {
            if (resolutions.get(n) instanceof Resolution.Rejected rejected) {
                outcomes.set(
                        run.get(n).delivery,
                        new DeliveryOutcome.Unusable("REJECTED", rejected.reason()));
            }
        }
    }

    private Mono<Void> reached(TenantId tenant, List<Said> said) {
        List<WhatsAppFact.Reached> facts = new ArrayList<>();
        for (Said one : said) {
            if (one.fact instanceof WhatsAppFact.Reached reached) {
                facts.add(reached);
            }
        }
        if (facts.isEmpty()) {
            return Mono.empty();
        }
        return statuses.ofUnknown(tenant, provider, facts)
                .flatMapMany(
                        unknown ->
                                Flux.fromIterable(unknown)
                                        .map(this::begun)
                                        .buffer(Ingestion.MAX_BATCH))
                .concatMap(ingestion::ingest)
                .then(Mono.defer(() -> statuses.apply(tenant, provider, facts)));
    }

    /** We wrote first: the conversation begins with our message. */
    private SourceRecord begun(WhatsAppFact.Reached fact) {
        return WhatsAppReader.conversation(
                provider,
                fact.account(),
                fact.contact(),
                null,
                fact.contactPoints(),
                fact.at(),
                List.of());
    }
}
