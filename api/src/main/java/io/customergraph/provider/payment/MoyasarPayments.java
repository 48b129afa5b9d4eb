package io.customergraph.provider.payment;

import io.customergraph.customer.Assurance;
import io.customergraph.delivery.Delivery;
import io.customergraph.delivery.DeliveryTranslator;
import io.customergraph.ingest.PaymentStatus;
import io.customergraph.ingest.Person;
import io.customergraph.ingest.SourceRecord.TransactionRecord;
import io.customergraph.money.Money;
import io.customergraph.provider.json.JsonFields;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Optional;

/**
 * Reads payments of Moyasar, whose amounts are in the minor unit of their currency. A payment tells
 * itself how much of it was given back, and {@code refunded} may mean a part.
 *
 * <p>Versions are told apart by {@code updated_at}, else by the time of the event, and of two of
 * one time the one further on its way holds. Moyasar knows no customer: a phone comes with STC Pay,
 * an e-mail and a phone where the merchant put them into {@code metadata} under these names. The
 * name is that on the card.
 */
@Component
final class MoyasarPayments implements DeliveryTranslator {

    @Override
    public String provider() {
        return "moyasar";
    }

    @Override
    public Translation translate(Delivery delivery) {
        return PaymentBody.translate(delivery, MoyasarPayments::read);
    }

    private static Translation read(PaymentBody body) {
        if (!Read.word(body.json(), "type").startsWith("PAYMENT_")) {
            return PaymentBody.ignored("It is no event of a payment");
        }
        JsonFields payment = body.json().object("data");
        return Read.word(payment, "status").equals("VERIFIED")
                ? PaymentBody.ignored("A card was verified, and nothing was paid")
                : PaymentBody.said(payment(body, payment));
    }

    private static TransactionRecord payment(PaymentBody body, JsonFields payment) {
        Currency currency = Read.currency(payment, "currency");
        PaymentStatus status = status(Read.word(payment, "status"));
        Money amount = Read.minor(payment, "amount", currency);
        BigDecimal captured = Read.minorOrZero(payment, "captured", currency);
        BigDecimal refunded = Read.minorOrZero(payment, "refunded", currency);
        Optional<Instant> created = Read.time(payment, "created_at");
        Instant updated =
                Read.time(payment, "updated_at")
                        .or(() -> Read.time(body.json(), "created_at"))
                        .or(() -> created)
                        .orElseGet(body::arrived);
        boolean isPart = status.isPaid() && captured.signum() > 0;
        JsonFields source = payment.object("source");
        return new TransactionRecord(
                body.origin(Read.id(payment, "id"), created.orElse(null), updated),
                person(source, payment.object("metadata")),
                status.code(),
                isPart ? new Money(captured, amount.currency()) : amount,
                // A whole refund may come without its amount.
                status == PaymentStatus.REFUNDED && refunded.signum() == 0
                        ? amount.amount()
                        : refunded,
                method(source),
                payment.text("description"),
                Read.shopifyOrder(payment.object("metadata")),
                status.isPaid() ? paidAt(payment, created, updated) : null);
    }

    private static Instant paidAt(JsonFields payment, Optional<Instant> created, Instant updated) {
        Instant captured = payment.time("captured_at");
        return captured == null ? created.orElse(updated) : captured;
    }

    private static PaymentStatus status(String status) {
        return switch (status) {
            case "INITIATED" -> PaymentStatus.PENDING;
            case "AUTHORIZED" -> PaymentStatus.AUTHORISED;
            case "PAID", "CAPTURED" -> PaymentStatus.PAID;
            case "REFUNDED" -> PaymentStatus.REFUNDED;
            case "VOIDED" -> PaymentStatus.VOIDED;
            case "FAILED", "ABANDONED" -> PaymentStatus.FAILED;
            default -> throw Read.unknownStatus("data.status");
        };
    }

    /** A wallet tells more than the brand of the card in it. */
    private static @Nullable String method(JsonFields source) {
        String type = source.text("type");
        boolean isCard = "creditcard".equals(type) || "token".equals(type);
        return isCard
                ? PaymentMethod.of(source.text("company"), type)
                : PaymentMethod.of(type, source.text("company"));
    }

    private static Person person(JsonFields source, JsonFields metadata) {
        String email = Read.firstOf(metadata.text("email"), metadata.text("customer_email"));
        String phone = Read.firstOf(metadata.text("phone"), metadata.text("customer_phone"));
        var contacts = new ArrayList<>(Person.contacts(email, phone, Assurance.CLAIMED));
        if ("stcpay".equals(source.text("type"))) {
            contacts.addAll(0, Person.contacts(null, source.text("mobile"), Assurance.OBSERVED));
        }
        return new Person(
                null,
                null,
                null,
                Read.firstOf(
                        metadata.text("name"), metadata.text("customer_name"), source.text("name")),
                "SA",
                List.copyOf(contacts));
    }
}
