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

import org.springframework.stereotype.Component;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Optional;

/**
 * Reads orders of Tamara, whose amounts are in the major unit, each with its currency. What Tamara
 * delivers names an order and what happened, mostly without an amount and always without a
 * customer: what is read is the order, which {@link TamaraLookup} puts in its place.
 *
 * <p>An order has no time of its change: a version is as new as the newest of its captures, refunds
 * and cancellations, and of two of one time the one further on its way holds. Tamara verifies the
 * phone, and does not tell so: what it tells of the consumer counts as seen.
 */
@Component
final class TamaraPayments implements DeliveryTranslator {

    @Override
    public String provider() {
        return "tamara";
    }

    @Override
    public Translation translate(Delivery delivery) {
        return PaymentBody.translate(delivery, TamaraPayments::read);
    }

    private static Translation read(PaymentBody body) {
        JsonFields order = body.json();
        if (!order.has("total_amount")) {
            throw new Unreadable(
                    "NO_AMOUNT",
                    "It is a notification without the order; give the connection an API token");
        }
        String id = Read.id(order, "order_id");
        JsonFields total = order.object("total_amount");
        Currency currency = Read.currency(total, "currency");
        Money whole = Read.major(total, "amount", currency);
        BigDecimal captured = amount(order, "captured_amount", currency);
        BigDecimal refunded = amount(order, "refunded_amount", currency);
        JsonFields transactions = order.object("transactions");
        List<RefundRecord> refunds = new ArrayList<>();
        for (JsonFields refund : transactions.objects("refunds")) {
            refund(body, refund, id).ifPresent(refunds::add);
        }
        Optional<Instant> created = Read.time(order, "created_at");
        Instant updated = created.orElseGet(body::arrived);
        Optional<Instant> paidAt = Optional.empty();
        for (JsonFields capture : transactions.objects("captures")) {
            paidAt = latest(paidAt, Read.time(capture, "created_at"));
        }
        updated = Read.later(updated, paidAt.orElse(updated));
        for (String kind : List.of("refunds", "cancels", "cancellations")) {
            for (JsonFields one : transactions.objects(kind)) {
                updated = Read.later(updated, Read.time(one, "created_at").orElse(updated));
            }
        }
        PaymentStatus status = status(Read.word(order, "status"));
        return PaymentBody.said(
                new TransactionRecord(
                        body.origin(id, created.orElse(null), updated),
                        person(order.object("consumer")),
                        status.code(),
                        status.isPaid() && captured.signum() > 0
                                ? Read.sum(captured, currency)
                                : whole,
                        // A whole refund may come without its amount.
                        status == PaymentStatus.REFUNDED && refunded.signum() == 0
                                ? whole.amount()
                                : refunded,
                        PaymentMethod.of(order.text("payment_type"), PaymentMethod.INSTALMENTS),
                        order.text("description"),
                        null,
                        status.isPaid() ? paidAt.orElse(updated) : null),
                refunds);
    }

    private static Optional<Instant> latest(Optional<Instant> one, Optional<Instant> other) {
        return one.isPresent() && other.isPresent()
                ? Optional.of(Read.later(one.get(), other.get()))
                : one.or(() -> other);
    }

    private static BigDecimal amount(JsonFields order, String field, Currency currency) {
        JsonFields money = order.object(field);
        if (!money.has("amount")) {
            return BigDecimal.ZERO;
        }
        if (!Read.currency(money, "currency").equals(currency)) {
            throw new Unreadable(
                    "INVALID_CURRENCY",
                    "`%s` is in another currency than the order".formatted(field));
        }
        return Read.major(money, "amount", currency).amount();
    }

    private static PaymentStatus status(String status) {
        return switch (status) {
            case "NEW", "ON_HOLD" -> PaymentStatus.PENDING;
            case "APPROVED", "AUTHORISED", "UPDATED" -> PaymentStatus.AUTHORISED;
            case "CAPTURED", "FULLY_CAPTURED", "PARTIALLY_CAPTURED" -> PaymentStatus.PAID;
            case "PARTIALLY_REFUNDED" -> PaymentStatus.PARTLY_REFUNDED;
            case "FULLY_REFUNDED" -> PaymentStatus.REFUNDED;
            case "DECLINED", "EXPIRED", "CANCELED", "CANCELLED" -> PaymentStatus.FAILED;
            default -> throw Read.unknownStatus("status");
        };
    }

    /** One without an id is in the order's sum all the same. */
    private static Optional<RefundRecord> refund(
            PaymentBody body, JsonFields refund, String order) {
        String id = Read.firstOf(Read.idOrNull(refund, "refund_id"), Read.idOrNull(refund, "id"));
        JsonFields amount =
                refund.has("refunded_amount")
                        ? refund.object("refunded_amount")
                        : refund.object("total_amount");
        if (id == null || !amount.has("amount")) {
            return Optional.empty();
        }
        Instant created = Read.time(refund, "created_at").orElseGet(body::arrived);
        return Optional.of(
                new RefundRecord(
                        body.origin(id, created, created),
                        order,
                        PaymentStatus.REFUNDED,
                        Read.major(amount, "amount", Read.currency(amount, "currency"))));
    }

    private static Person person(JsonFields consumer) {
        return new Person(
                null,
                consumer.text("first_name"),
                consumer.text("last_name"),
                null,
                null,
                Person.contacts(
                        consumer.text("email"), consumer.text("phone_number"), Assurance.OBSERVED));
    }
}
