package io.customergraph.provider.payment;

import io.customergraph.customer.Assurance;
import io.customergraph.delivery.Delivery;
import io.customergraph.delivery.DeliveryTranslator;
import io.customergraph.ingest.PaymentStatus;
import io.customergraph.ingest.Person;
import io.customergraph.ingest.SourceRecord.RefundRecord;
import io.customergraph.ingest.SourceRecord.TransactionRecord;
import io.customergraph.money.Money;
import io.customergraph.provider.json.JsonFields;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.Optional;

/**
 * Reads payments of Tabby, whose amounts are texts in the major unit. What was captured is what was
 * paid; a payment that was closed without a capture was called off.
 *
 * <p>A payment has no time of its change: a version is as new as the newest of its captures and
 * refunds, and of two of one time the one further on its way holds. Tabby verifies the buyer's
 * phone, and does not tell so: what it tells of the buyer counts as seen.
 */
@Component
final class TabbyPayments implements DeliveryTranslator {

    @Override
    public String provider() {
        return "tabby";
    }

    @Override
    public Translation translate(Delivery delivery) {
        return PaymentBody.translate(delivery, TabbyPayments::read);
    }

    private static Translation read(PaymentBody body) {
        JsonFields payment = body.json();
        String id = Read.id(payment, "id");
        Currency currency = Read.currency(payment, "currency");
        Optional<Instant> created = Read.time(payment, "created_at");
        List<JsonFields> captures = payment.objects("captures");
        List<RefundRecord> refunds =
                payment.objects("refunds").stream()
                        .map(refund -> refund(body, refund, id, currency))
                        .toList();
        BigDecimal captured = BigDecimal.ZERO;
        Instant updated = created.orElseGet(body::arrived);
        @Nullable Instant paidAt = null;
        for (JsonFields capture : captures) {
            captured = captured.add(Read.major(capture, "amount", currency).amount());
            Instant at = Read.time(capture, "created_at").orElse(updated);
            updated = Read.later(updated, at);
            paidAt = paidAt == null ? at : Read.later(paidAt, at);
        }
        for (RefundRecord refund : refunds) {
            updated = Read.later(updated, refund.origin().updatedAt());
        }
        Instant lastCapture = paidAt == null ? updated : paidAt;
        Money whole = Read.major(payment, "amount", currency);
        // A body that tells no captures at all says nothing of them.
        boolean isPartKnown = payment.has("captures");
        PaymentStatus status = status(Read.word(payment, "status"), isPartKnown, captured);
        boolean isPart = status == PaymentStatus.PAID && captured.signum() > 0;
        return PaymentBody.said(
                new TransactionRecord(
                        body.origin(id, created.orElse(null), updated),
                        person(payment.object("buyer")),
                        status.code(),
                        isPart ? Read.sum(captured, currency) : whole,
                        BigDecimal.ZERO,
                        method(payment),
                        payment.text("description"),
                        Read.shopifyOrder(payment.object("meta")),
                        status.isPaid() ? lastCapture : null),
                refunds);
    }

    private static PaymentStatus status(String status, boolean isPartKnown, BigDecimal captured) {
        return switch (status) {
            case "CREATED" -> PaymentStatus.PENDING;
            case "AUTHORIZED" ->
                    captured.signum() > 0 ? PaymentStatus.PAID : PaymentStatus.AUTHORISED;
            case "CLOSED", "CAPTURED", "REFUNDED" ->
                    isPartKnown && captured.signum() == 0
                            ? PaymentStatus.VOIDED
                            : PaymentStatus.PAID;
            case "REJECTED", "EXPIRED" -> PaymentStatus.FAILED;
            default -> throw Read.unknownStatus("status");
        };
    }

    private static RefundRecord refund(
            PaymentBody body, JsonFields refund, String payment, Currency currency) {
        Instant created = Read.time(refund, "created_at").orElseGet(body::arrived);
        return new RefundRecord(
                body.origin(Read.id(refund, "id"), created, created),
                payment,
                PaymentStatus.REFUNDED,
                Read.major(refund, "amount", currency));
    }

    private static @Nullable String method(JsonFields payment) {
        return PaymentMethod.of(payment.object("product").text("type"), PaymentMethod.INSTALMENTS);
    }

    private static Person person(JsonFields buyer) {
        return Person.of(
                null,
                buyer.text("name"),
                buyer.text("email"),
                buyer.text("phone"),
                Assurance.OBSERVED);
    }
}
