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
import java.util.Optional;

/**
 * Reads what Xendit tells of invoices (payment links), of payments of both of its payment APIs, and
 * of refunds. Amounts are in the major unit.
 *
 * <p>A payment is known by the id of its request, and by its own id besides: refunds name either,
 * or an invoice. An invoice that was paid names its payment ({@code payment_id}). Versions are told
 * apart by {@code updated}, else by the time of the event, and of two of one time the one further
 * on its way holds. The customer's id is stable in the account; an e-mail of an invoice was typed.
 */
@Component
final class XenditPayments implements DeliveryTranslator {

    @Override
    public String provider() {
        return "xendit";
    }

    @Override
    public Translation translate(Delivery delivery) {
        return PaymentBody.translate(delivery, XenditPayments::read);
    }

    private static Translation read(PaymentBody body) {
        String event = Read.word(body.json(), "event");
        if (event.startsWith("PAYMENT.")) {
            return PaymentBody.said(payment(body, body.json().object("data")));
        }
        if (event.startsWith("REFUND.")) {
            return PaymentBody.said(refund(body, body.json().object("data")));
        }
        return event.isEmpty() && body.json().has("external_id")
                ? PaymentBody.said(invoice(body))
                : PaymentBody.ignored("It is neither an invoice, a payment nor a refund");
    }

    private static TransactionRecord invoice(PaymentBody body) {
        JsonFields invoice = body.json();
        PaymentStatus status = status(Read.word(invoice, "status"));
        Currency currency = Read.currency(invoice, "currency");
        boolean isPaid = status.isPaid() && invoice.has("paid_amount");
        Optional<Instant> created = Read.time(invoice, "created");
        Instant updated = Read.time(invoice, "updated").or(() -> created).orElseGet(body::arrived);
        Instant told = invoice.time("paid_at");
        Instant paidAt = told == null ? updated : told;
        return new TransactionRecord(
                body.origin(Read.id(invoice, "id"), created.orElse(null), updated),
                person(invoice, invoice.object("customer")),
                status.code(),
                Read.major(invoice, isPaid ? "paid_amount" : "amount", currency),
                BigDecimal.ZERO,
                PaymentMethod.of(invoice.text("payment_channel"), invoice.text("payment_method")),
                invoice.text("description"),
                Read.shopifyOrder(invoice.object("metadata")),
                status.isPaid() ? paidAt : null,
                Read.idOrNull(invoice, "payment_id"),
                true);
    }

    private static TransactionRecord payment(PaymentBody body, JsonFields payment) {
        PaymentStatus status = status(Read.word(payment, "status"));
        Optional<Instant> created = Read.time(payment, "created");
        Instant updated =
                Read.time(payment, "updated")
                        .or(() -> Read.time(body.json(), "created"))
                        .or(() -> created)
                        .orElseGet(body::arrived);
        String own = Read.firstOf(Read.idOrNull(payment, "payment_id"), ownId(payment));
        String request = Read.idOrNull(payment, "payment_request_id");
        String id = Read.firstOf(request, own);
        return new TransactionRecord(
                body.origin(
                        id == null ? Read.id(payment, "payment_id") : id,
                        created.orElse(null),
                        updated),
                person(payment, payment.object("customer")),
                status.code(),
                amount(payment, status),
                BigDecimal.ZERO,
                method(payment),
                payment.text("description"),
                Read.shopifyOrder(payment.object("metadata")),
                status.isPaid() ? updated : null,
                request == null ? null : own,
                false);
    }

    private static @Nullable String ownId(JsonFields payment) {
        return Read.idOrNull(payment, "id");
    }

    /** What was captured, where it tells captures; else what was asked for. */
    private static Money amount(JsonFields payment, PaymentStatus status) {
        Currency currency = Read.currency(payment, "currency");
        BigDecimal captured = BigDecimal.ZERO;
        for (JsonFields capture : payment.objects("captures")) {
            captured = captured.add(Read.major(capture, "capture_amount", currency).amount());
        }
        if (status.isPaid() && captured.signum() > 0) {
            return Read.sum(captured, currency);
        }
        return Read.major(
                payment, payment.has("request_amount") ? "request_amount" : "amount", currency);
    }

    private static PaymentStatus status(String status) {
        return switch (status) {
            case "PENDING", "REQUIRES_ACTION", "ACCEPTING_PAYMENTS" -> PaymentStatus.PENDING;
            case "AUTHORIZED", "AWAITING_CAPTURE" -> PaymentStatus.AUTHORISED;
            case "SUCCEEDED", "PAID", "SETTLED", "COMPLETED" -> PaymentStatus.PAID;
            case "VOIDED" -> PaymentStatus.VOIDED;
            case "FAILED", "EXPIRED", "CANCELED", "CANCELLED" -> PaymentStatus.FAILED;
            default -> throw Read.unknownStatus("status");
        };
    }

    private static RefundRecord refund(PaymentBody body, JsonFields refund) {
        Optional<Instant> created = Read.time(refund, "created");
        PaymentStatus status =
                switch (Read.word(refund, "status")) {
                    case "PENDING" -> PaymentStatus.PENDING;
                    case "SUCCEEDED" -> PaymentStatus.REFUNDED;
                    case "FAILED", "CANCELLED", "CANCELED" -> PaymentStatus.FAILED;
                    default -> throw Read.unknownStatus("data.status");
                };
        String payment =
                Read.firstOf(
                        Read.idOrNull(refund, "invoice_id"), Read.idOrNull(refund, "payment_id"));
        String id = Read.idOrNull(refund, "id");
        return new RefundRecord(
                body.origin(
                        id == null ? Read.id(refund, "refund_id") : id,
                        created.orElse(null),
                        Read.time(refund, "updated")
                                .or(() -> Read.time(body.json(), "created"))
                                .or(() -> created)
                                .orElseGet(body::arrived)),
                payment == null ? Read.id(refund, "payment_request_id") : payment,
                status,
                Read.major(refund, "amount", Read.currency(refund, "currency")));
    }

    private static @Nullable String method(JsonFields payment) {
        JsonFields method = payment.object("payment_method");
        return PaymentMethod.of(
                payment.text("channel_code"),
                method.object("ewallet").text("channel_code"),
                method.object("direct_debit").text("channel_code"),
                method.object("virtual_account").text("channel_code"),
                method.object("over_the_counter").text("channel_code"),
                method.object("qr_code").text("channel_code"),
                method.text("type"));
    }

    private static Person person(JsonFields payment, JsonFields customer) {
        String email = customer.text("email");
        Assurance assurance = email == null ? Assurance.CLAIMED : Assurance.OBSERVED;
        return new Person(
                Read.firstOf(Read.idOrNull(payment, "customer_id"), Read.idOrNull(customer, "id")),
                customer.text("given_names"),
                customer.text("surname"),
                null,
                PayTabsPayments.region(payment.text("country")),
                Person.contacts(
                        email == null ? payment.text("payer_email") : email,
                        customer.text("mobile_number"),
                        assurance));
    }
}
