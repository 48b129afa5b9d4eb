package io.customergraph.provider.payment;

import io.customergraph.delivery.Delivery;
import io.customergraph.delivery.DeliveryOutcome;
import io.customergraph.delivery.DeliveryTranslator.Translation;
import io.customergraph.ingest.Origin;
import io.customergraph.ingest.SourceRecord;
import io.customergraph.ingest.SourceRecord.RefundRecord;
import io.customergraph.ingest.SourceRecord.TransactionRecord;
import io.customergraph.provider.json.JsonFields;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** A delivery of a payment provider whose body is a JSON object. */
record PaymentBody(Delivery delivery, JsonFields json) {

    /** What a reading of the body says, or why it cannot be read. */
    static Translation translate(Delivery delivery, Function<PaymentBody, Translation> reading) {
        Optional<JsonFields> json = JsonFields.of(delivery.body());
        if (json.isEmpty()) {
            return new Translation.Nothing(
                    new DeliveryOutcome.Unusable("NOT_JSON", "Its body is no JSON object"));
        }
        try {
            return reading.apply(new PaymentBody(delivery, json.get()));
        } catch (Unreadable nothing) {
            return new Translation.Nothing(nothing.outcome());
        }
    }

    static Translation said(TransactionRecord payment) {
        return new Translation.Said(List.of(payment), List.of());
    }

    /** A payment and the refunds that are told with it. */
    static Translation said(TransactionRecord payment, List<RefundRecord> refunds) {
        return new Translation.Said(
                Stream.<SourceRecord>concat(Stream.of(payment), refunds.stream()).toList(),
                List.of());
    }

    static Translation said(RefundRecord refund) {
        return new Translation.Said(List.of(refund), List.of());
    }

    static Translation ignored(String why) {
        return new Translation.Nothing(new DeliveryOutcome.Ignored(why));
    }

    /** When it happened as far as the provider tells beside the body, else when it came. */
    Instant arrived() {
        Instant told = delivery.occurredAt();
        return told == null ? delivery.receivedAt() : told;
    }

    /**
     * Where a record comes from. The database keeps microseconds, and versions are compared.
     *
     * @param created null where the provider does not tell: as old as this version
     */
    Origin origin(String externalId, @Nullable Instant created, Instant updated) {
        Instant version = updated.truncatedTo(ChronoUnit.MICROS);
        return new Origin(
                delivery.provider(),
                delivery.account(),
                externalId,
                created == null ? version : created.truncatedTo(ChronoUnit.MICROS),
                version);
    }
}
