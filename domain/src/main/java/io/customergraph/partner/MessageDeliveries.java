package io.customergraph.partner;

import io.customergraph.delivery.Delivery;
import io.customergraph.delivery.DeliveryHandler;
import io.customergraph.delivery.DeliveryOutcome;
import io.customergraph.ingest.ContactPoint;
import io.customergraph.ingest.Ingestion;
import io.customergraph.ingest.Origin;
import io.customergraph.ingest.Person;
import io.customergraph.ingest.Resolution;
import io.customergraph.ingest.SourceRecord;
import io.customergraph.ingest.SourceRecord.OmniConversationRecord;
import io.customergraph.tenant.TenantContext;
import io.customergraph.tenant.TenantId;

import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Applies what a provider of messages delivers: messages become conversations of customers, one for
 * each person's address and each of ours, and what we sent gets as far as it is told to have come.
 */
public final class MessageDeliveries implements DeliveryHandler {

    private final MessageReader reader;
    private final Ingestion ingestion;
    private final MessageStatuses statuses;

    public MessageDeliveries(MessageReader reader, DatabaseClient database, Ingestion ingestion) {
        this.reader = reader;
        this.ingestion = ingestion;
        this.statuses = new MessageStatuses(database);
    }

    @Override
    public String provider() {
        return reader.provider();
    }

    /** News, and which of the deliveries told it. */
    private record Told<T extends MessageNews>(int delivery, T news) {}

    @Override
    public Mono<List<DeliveryOutcome>> apply(List<Delivery> deliveries) {
        return TenantContext.tenant().flatMap(tenant -> apply(tenant, deliveries));
    }

    private Mono<List<DeliveryOutcome>> apply(TenantId tenant, List<Delivery> deliveries) {
        List<DeliveryOutcome> outcomes = new ArrayList<>(deliveries.size());
        List<Told<MessageNews.Wrote>> wrote = new ArrayList<>();
        List<MessageNews.Reached> reached = new ArrayList<>();
        for (int n = 0; n < deliveries.size(); n++) {
            switch (reader.read(deliveries.get(n))) {
                case MessageReader.Read.Nothing(DeliveryOutcome outcome) -> outcomes.add(outcome);
                case MessageReader.Read.Said(List<MessageNews> news) -> {
                    outcomes.add(new DeliveryOutcome.Applied());
                    for (MessageNews one : news) {
                        switch (one) {
                            case MessageNews.Wrote message -> wrote.add(new Told<>(n, message));
                            case MessageNews.Reached status -> reached.add(status);
                        }
                    }
                }
            }
        }
        return Flux.fromIterable(wrote)
                .buffer(Ingestion.MAX_BATCH)
                .concatMap(batch -> written(batch, outcomes))
                .then(Mono.defer(() -> reached(tenant, reached)))
                .thenReturn(outcomes);
    }

    private Mono<Void> written(
            List<Told<MessageNews.Wrote>> batch, List<DeliveryOutcome> outcomes) {
        List<SourceRecord> records = new ArrayList<>(batch.size());
        for (Told<MessageNews.Wrote> one : batch) {
            records.add(conversation(one.news));
        }
        return ingestion
                .ingest(records)
                .doOnNext(
                        resolutions -> {
                            for (int n = 0; n < resolutions.size(); n++) {
                                if (resolutions.get(n) instanceof Resolution.Rejected rejected) {
                                    outcomes.set(
                                            batch.get(n).delivery,
                                            new DeliveryOutcome.Unusable(
                                                    "REJECTED", rejected.reason()));
                                }
                            }
                        })
                .then();
    }

    private Mono<Void> reached(TenantId tenant, List<MessageNews.Reached> news) {
        if (news.isEmpty()) {
            return Mono.empty();
        }
        Map<String, MessageNews.Reached> byConversation = new HashMap<>();
        List<WhatsAppFact.Reached> facts = new ArrayList<>(news.size());
        for (MessageNews.Reached one : news) {
            ChannelAddress address = one.address();
            byConversation.putIfAbsent(place(address.account(), address.key()), one);
            facts.add(
                    new WhatsAppFact.Reached(
                            address.account(),
                            address.key(),
                            address.points(false),
                            one.id(),
                            one.status(),
                            one.at()));
        }
        return statuses.ofUnknown(tenant, provider(), facts)
                .flatMapMany(
                        unknown ->
                                Flux.fromIterable(unknown)
                                        .<SourceRecord>map(
                                                fact ->
                                                        begun(
                                                                Objects.requireNonNull(
                                                                        byConversation.get(
                                                                                place(
                                                                                        fact
                                                                                                .account(),
                                                                                        fact
                                                                                                .contact())))))
                                        .buffer(Ingestion.MAX_BATCH))
                .concatMap(ingestion::ingest)
                .then(Mono.defer(() -> statuses.apply(tenant, provider(), facts)));
    }

    private static String place(String account, String key) {
        return account + '\n' + key;
    }

    private OmniConversationRecord conversation(MessageNews.Wrote message) {
        return conversation(
                message.address(),
                message.name(),
                message.address().points(true),
                message.at(),
                List.of(
                        new OmniConversationRecord.Message(
                                message.id(),
                                "inbound",
                                message.contentType(),
                                message.text(),
                                "received",
                                message.at())));
    }

    /** We wrote first: the conversation begins with our message. */
    private OmniConversationRecord begun(MessageNews.Reached status) {
        return conversation(
                status.address(), null, status.address().points(false), status.at(), List.of());
    }

    private OmniConversationRecord conversation(
            ChannelAddress address,
            @Nullable String name,
            List<ContactPoint> points,
            Instant at,
            List<OmniConversationRecord.Message> messages) {
        return new OmniConversationRecord(
                new Origin(provider(), address.account(), address.key(), at, at),
                new Person(null, null, null, name, null, points),
                address.channelCode(),
                address.identity(),
                "open",
                null,
                messages);
    }
}
