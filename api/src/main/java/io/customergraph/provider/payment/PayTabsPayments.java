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
import java.util.Locale;

/**
 * Reads transactions of PayTabs, whose amounts are in the major unit. What is done to a transaction
 * is another one, which names it in {@code previous_tran_ref}: a capture is a payment of its own
 * beside what was reserved, a refund belongs to the sale or capture that it names, and a void ends
 * it.
 *
 * <p>A version is as new as its {@code transaction_time}, and of two of one time the one further on
 * its way holds. The payer types the customer's details into PayTabs' page.
 */
@Component
final class PayTabsPayments implements DeliveryTranslator {

    @Override
    public String provider() {
        return "paytabs";
    }

    @Override
    public Translation translate(Delivery delivery) {
        return PaymentBody.translate(delivery, PayTabsPayments::read);
    }

    private static Translation read(PaymentBody body) {
        JsonFields json = body.json();
        return switch (Read.word(json, "tran_type")) {
            case "SALE", "CAPTURE" -> PaymentBody.said(payment(body, status(json, false)));
            case "AUTH" -> PaymentBody.said(payment(body, status(json, true)));
            case "REFUND" -> PaymentBody.said(refund(body));
            case "VOID", "RELEASE" ->
                    status(json, false) == PaymentStatus.PAID
                            ? PaymentBody.said(voided(body))
                            : PaymentBody.ignored("It was not voided");
            default -> PaymentBody.ignored("It is no transaction that moves money");
        };
    }

    private static TransactionRecord payment(PaymentBody body, PaymentStatus status) {
        return payment(body, Read.id(body.json(), "tran_ref"), status);
    }

    private static TransactionRecord voided(PaymentBody body) {
        return payment(body, Read.id(body.json(), "previous_tran_ref"), PaymentStatus.VOIDED);
    }

    private static TransactionRecord payment(PaymentBody body, String id, PaymentStatus status) {
        JsonFields json = body.json();
        JsonFields info = json.object("payment_info");
        Instant time = time(body);
        return new TransactionRecord(
                body.origin(id, time, time),
                person(json.object("customer_details")),
                status.code(),
                amount(json),
                BigDecimal.ZERO,
                PaymentMethod.of(
                        info.text("payment_method"),
                        info.text("card_scheme"),
                        info.text("card_type")),
                json.text("cart_description"),
                null,
                status.isPaid() ? time : null);
    }

    private static RefundRecord refund(PaymentBody body) {
        JsonFields json = body.json();
        Instant time = time(body);
        return new RefundRecord(
                body.origin(Read.id(json, "tran_ref"), time, time),
                Read.id(json, "previous_tran_ref"),
                switch (status(json, false)) {
                    case PAID -> PaymentStatus.REFUNDED;
                    case PENDING -> PaymentStatus.PENDING;
                    default -> PaymentStatus.FAILED;
                },
                amount(json));
    }

    /** What the transaction moved; the cart may have been of another amount. */
    private static Money amount(JsonFields json) {
        return json.has("tran_total")
                ? Read.major(json, "tran_total", Read.currency(json, "tran_currency"))
                : Read.major(json, "cart_amount", Read.currency(json, "cart_currency"));
    }

    private static Instant time(PaymentBody body) {
        return Read.time(body.json().object("payment_result"), "transaction_time")
                .orElseGet(body::arrived);
    }

    private static PaymentStatus status(JsonFields json, boolean isReserved) {
        return switch (Read.word(json.object("payment_result"), "response_status")) {
            case "A" -> isReserved ? PaymentStatus.AUTHORISED : PaymentStatus.PAID;
            case "H", "P" -> PaymentStatus.PENDING;
            case "V" -> PaymentStatus.VOIDED;
            case "E", "D", "X", "C" -> PaymentStatus.FAILED;
            default -> throw Read.unknownStatus("payment_result.response_status");
        };
    }

    private static Person person(JsonFields customer) {
        return new Person(
                null,
                null,
                null,
                customer.text("name"),
                region(customer.text("country")),
                Person.contacts(customer.text("email"), customer.text("phone"), Assurance.CLAIMED));
    }

    /** ISO 3166-1 alpha-2, by which a phone without its country's code is read. */
    static @Nullable String region(@Nullable String country) {
        return country != null && country.matches("[A-Za-z]{2}")
                ? country.toUpperCase(Locale.ROOT)
                : null;
    }
}
