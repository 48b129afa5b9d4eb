package io.customergraph.provider.payment;

import io.customergraph.customer.Assurance;
import io.customergraph.delivery.Delivery;
import io.customergraph.delivery.DeliveryTranslator;
import io.customergraph.ingest.PaymentStatus;
import io.customergraph.ingest.Person;
import io.customergraph.ingest.SourceRecord.RefundRecord;
import io.customergraph.ingest.SourceRecord.TransactionRecord;
import io.customergraph.provider.json.JsonFields;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Currency;
import java.util.Optional;

/**
 * Reads charges, authorizations and refunds of Tap. Amounts are in the major unit, times are
 * milliseconds since 1970.
 *
 * <p>A charge has no time of its change: a version is as new as the newest of its {@code
 * activities}, and of two of one time the one further on its way holds. The capture of an
 * authorization is a charge of its own, and the authorization stays what it is. The customer is the
 * merchant's, with an id that is stable in the account.
 */
@Component
final class TapPayments implements DeliveryTranslator {

    @Override
    public String provider() {
        return "tap";
    }

    @Override
    public Translation translate(Delivery delivery) {
        return PaymentBody.translate(delivery, TapPayments::read);
    }

    private static Translation read(PaymentBody body) {
        return switch (Read.word(body.json(), "object")) {
            case "CHARGE", "AUTHORIZE" -> PaymentBody.said(payment(body));
            case "REFUND" -> PaymentBody.said(refund(body));
            default -> PaymentBody.ignored("It is neither a charge nor a refund");
        };
    }

    private static TransactionRecord payment(PaymentBody body) {
        JsonFields charge = body.json();
        JsonFields transaction = charge.object("transaction");
        PaymentStatus status = status(Read.word(charge, "status"));
        Optional<Instant> created = Read.epochMillis(transaction, "created");
        Instant updated = created.orElseGet(body::arrived);
        for (JsonFields activity : charge.objects("activities")) {
            updated = Read.later(updated, Read.epochMillis(activity, "created").orElse(updated));
        }
        JsonFields source = charge.object("source");
        JsonFields card = charge.object("card");
        return new TransactionRecord(
                body.origin(Read.id(charge, "id"), created.orElse(null), updated),
                person(charge.object("customer")),
                status.code(),
                Read.major(charge, "amount", Read.currency(charge, "currency")),
                BigDecimal.ZERO,
                PaymentMethod.of(
                        source.text("payment_method"), card.text("scheme"), card.text("brand")),
                charge.text("description"),
                Read.shopifyOrder(charge.object("metadata")),
                status.isPaid() ? updated : null);
    }

    private static PaymentStatus status(String status) {
        return switch (status) {
            case "INITIATED", "IN_PROGRESS", "UNKNOWN" -> PaymentStatus.PENDING;
            case "AUTHORIZED" -> PaymentStatus.AUTHORISED;
            case "CAPTURED" -> PaymentStatus.PAID;
            case "VOID", "VOIDED" -> PaymentStatus.VOIDED;
            case "DECLINED", "FAILED", "CANCELLED", "TIMEDOUT", "ABANDONED", "RESTRICTED" ->
                    PaymentStatus.FAILED;
            default -> throw Read.unknownStatus("status");
        };
    }

    private static RefundRecord refund(PaymentBody body) {
        JsonFields refund = body.json();
        Currency currency = Read.currency(refund, "currency");
        PaymentStatus status =
                switch (Read.word(refund, "status")) {
                    case "PENDING", "INITIATED", "IN_PROGRESS" -> PaymentStatus.PENDING;
                    case "REFUNDED" -> PaymentStatus.REFUNDED;
                    case "DECLINED", "FAILED", "CANCELLED", "RESTRICTED", "TIMEDOUT" ->
                            PaymentStatus.FAILED;
                    default -> throw Read.unknownStatus("status");
                };
        Instant created = Read.epochMillis(refund, "created").orElseGet(body::arrived);
        return new RefundRecord(
                body.origin(Read.id(refund, "id"), created, created),
                Read.id(refund, "charge_id"),
                status,
                Read.major(refund, "amount", currency));
    }

    private static Person person(JsonFields customer) {
        JsonFields phone = customer.object("phone");
        String number = phone.id("number");
        String country = phone.id("country_code");
        return new Person(
                Read.idOrNull(customer, "id"),
                Read.joined(customer.text("first_name"), customer.text("middle_name")),
                customer.text("last_name"),
                null,
                null,
                Person.contacts(
                        customer.text("email"),
                        international(country, number),
                        Assurance.OBSERVED));
    }

    private static @Nullable String international(
            @Nullable String country, @Nullable String number) {
        return country == null || number == null ? number : "+" + country + number;
    }
}
