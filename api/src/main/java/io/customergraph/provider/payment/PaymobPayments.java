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
 * Reads transactions of Paymob, whose amounts are in the minor unit of their currency: a thousand
 * to an Omani rial. What is done to a transaction is another one that names its parent: a refund
 * belongs to it, a void ends it, and a capture is a payment of its own beside what was reserved.
 * The parent tells the sum of its refunds besides; the larger of both is true.
 *
 * <p>Versions are told apart by {@code updated_at}, else by {@code created_at}, and of two of one
 * time the one further on its way holds. Paymob's older times have no offset and are read as UTC.
 * The payer types the billing data.
 *
 * <p>Paymob signs some fields only, and shows the payer's browser such a signature. What takes from
 * a payment is therefore believed only together with a field that is signed: that there is a
 * parent, that it is refunded.
 */
@Component
final class PaymobPayments implements DeliveryTranslator {

    @Override
    public String provider() {
        return "paymob";
    }

    @Override
    public Translation translate(Delivery delivery) {
        return PaymentBody.translate(delivery, PaymobPayments::read);
    }

    private static Translation read(PaymentBody body) {
        JsonFields transaction = body.json().object("obj");
        if (!Read.word(body.json(), "type").equals("TRANSACTION")) {
            return PaymentBody.ignored("It is no transaction");
        }
        boolean isChild = transaction.isTrue("has_parent_transaction");
        if (!isChild && (transaction.isTrue("is_refund") || transaction.isTrue("is_void"))) {
            throw new Unreadable(
                    "NO_PARENT", "It says that it takes from another transaction, and of none");
        }
        if (transaction.isTrue("is_refund")) {
            return PaymentBody.said(refund(body, transaction));
        }
        if (transaction.isTrue("is_void")) {
            return isDone(transaction)
                    ? PaymentBody.said(
                            payment(body, transaction, parent(transaction), PaymentStatus.VOIDED))
                    : PaymentBody.ignored("It was not voided");
        }
        return PaymentBody.said(
                payment(body, transaction, Read.id(transaction, "id"), status(transaction)));
    }

    private static boolean isDone(JsonFields transaction) {
        return transaction.isTrue("success") && !transaction.isTrue("pending");
    }

    private static PaymentStatus status(JsonFields transaction) {
        if (transaction.isTrue("pending")) {
            return PaymentStatus.PENDING;
        }
        if (!transaction.isTrue("success")) {
            return PaymentStatus.FAILED;
        }
        if (transaction.isTrue("is_voided")) {
            return PaymentStatus.VOIDED;
        }
        if (transaction.isTrue("is_refunded")) {
            return PaymentStatus.REFUNDED;
        }
        return transaction.isTrue("is_auth") ? PaymentStatus.AUTHORISED : PaymentStatus.PAID;
    }

    private static TransactionRecord payment(
            PaymentBody body, JsonFields transaction, String id, PaymentStatus status) {
        Currency currency = Read.currency(transaction, "currency");
        Money amount = Read.minor(transaction, "amount_cents", currency);
        BigDecimal refunded =
                status == PaymentStatus.REFUNDED
                        ? Read.minorOrZero(transaction, "refunded_amount_cents", currency)
                        : BigDecimal.ZERO;
        Optional<Instant> created = time(transaction, "created_at");
        Instant updated =
                time(transaction, "updated_at").or(() -> created).orElseGet(body::arrived);
        JsonFields source = transaction.object("source_data");
        JsonFields claims = transaction.object("payment_key_claims");
        boolean isWallet = Read.word(source, "type").equals("WALLET");
        return new TransactionRecord(
                body.origin(id, created.orElse(null), updated),
                person(claims.object("billing_data"), transaction.object("order")),
                status.code(),
                amount,
                // A whole refund may come without its amount.
                status == PaymentStatus.REFUNDED && refunded.signum() == 0
                        ? amount.amount()
                        : refunded,
                isWallet
                        ? PaymentMethod.of(source.text("type"))
                        : PaymentMethod.of(source.text("sub_type"), source.text("type")),
                null,
                Read.shopifyOrder(claims.object("extra")),
                status.isPaid() ? created.orElse(updated) : null);
    }

    private static RefundRecord refund(PaymentBody body, JsonFields transaction) {
        Optional<Instant> created = time(transaction, "created_at");
        PaymentStatus failedOrDone =
                transaction.isTrue("success") ? PaymentStatus.REFUNDED : PaymentStatus.FAILED;
        return new RefundRecord(
                body.origin(
                        Read.id(transaction, "id"),
                        created.orElse(null),
                        time(transaction, "updated_at").or(() -> created).orElseGet(body::arrived)),
                parent(transaction),
                transaction.isTrue("pending") ? PaymentStatus.PENDING : failedOrDone,
                Read.minor(transaction, "amount_cents", Read.currency(transaction, "currency")));
    }

    private static String parent(JsonFields transaction) {
        JsonFields whole = transaction.object("parent_transaction");
        return whole.has("id") ? Read.id(whole, "id") : Read.id(transaction, "parent_transaction");
    }

    private static Optional<Instant> time(JsonFields transaction, String field) {
        Instant withoutOffset = transaction.timeOfUtc(field);
        return withoutOffset == null ? Read.time(transaction, field) : Optional.of(withoutOffset);
    }

    /** Paymob demands every field, so that merchants write "NA" into what they do not know. */
    private static Person person(JsonFields billing, JsonFields order) {
        JsonFields known = billing.has("email") ? billing : order.object("shipping_data");
        return new Person(
                null,
                given(known.text("first_name")),
                given(known.text("last_name")),
                null,
                PayTabsPayments.region(given(known.text("country"))),
                Person.contacts(
                        given(known.text("email")),
                        given(known.text("phone_number")),
                        Assurance.CLAIMED));
    }

    private static @Nullable String given(@Nullable String text) {
        return text == null || text.equalsIgnoreCase("NA") || text.equalsIgnoreCase("N/A")
                ? null
                : text;
    }
}
