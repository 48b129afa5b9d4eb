package io.customergraph.reads;

import io.customergraph.customer.Assurance;
import io.customergraph.ingest.Origin;
import io.customergraph.ingest.PaymentStatus;
import io.customergraph.ingest.Person;
import io.customergraph.ingest.SourceRecord;
import io.customergraph.ingest.SourceRecord.EnrollmentRecord;
import io.customergraph.ingest.SourceRecord.RefundRecord;
import io.customergraph.ingest.SourceRecord.ShopifyOrderRecord;
import io.customergraph.ingest.SourceRecord.ShopifyProductRecord;
import io.customergraph.ingest.SourceRecord.TransactionRecord;
import io.customergraph.money.Money;
import io.customergraph.testing.Records;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** People of whom every sort of record is known, each several times. */
final class FullHistory {

    private static final String SHOP = "one.myshopify.com";
    private static final Instant START = Records.START;

    private FullHistory() {}

    /** What the orders are of; to be ingested before them. */
    static SourceRecord product() {
        return new ShopifyProductRecord(
                new Origin("shopify", SHOP, "77", START, START),
                "Lamp",
                "lamp",
                "Light",
                "active",
                "Acme",
                List.of(),
                START,
                List.of(
                        new ShopifyProductRecord.Variant(
                                78, "Brass", "L-1", BigDecimal.TEN, null, "SAR", START, START),
                        new ShopifyProductRecord.Variant(
                                79, "Steel", "L-2", BigDecimal.ONE, null, "SAR", START, START)));
    }

    /** Another customer of the same shop with the same e-mail: a candidate for a person. */
    static List<SourceRecord> secondAccountOf(int number) {
        return List.of(
                Records.shopifyCustomer(
                        Integer.toString(700_000 + number),
                        name(number),
                        "person%d@example.com".formatted(number),
                        null));
    }

    /**
     * Everything about one person.
     *
     * @param number makes the person; two numbers are two people
     * @param each how many records of each sort
     */
    static List<SourceRecord> of(int number, int each) {
        List<SourceRecord> records = new ArrayList<>();
        String shopifyId = Integer.toString(500_000 + number);
        String email = "person%d@example.com".formatted(number);
        Person buyer = Person.of(shopifyId, name(number), email, null, Assurance.VERIFIED);
        Person person = Person.of(null, name(number), email, null, Assurance.OBSERVED);
        records.add(Records.shopifyCustomer(shopifyId, name(number), email, null));
        for (int i = 0; i < each; i++) {
            Instant at = START.plusSeconds(60L * i);
            records.add(order(buyer, at));
            records.add(
                    Records.ticket(Records.origin("freshdesk", "acme", Records.newId()), person));
            records.add(Records.contact(Records.newId(), person));
            records.add(Records.appointment(person, at));
            records.add(
                    Records.conversation(
                            Records.origin("whatsapp", "main", Records.newId()),
                            person,
                            "a",
                            "b",
                            "c"));
            records.add(Records.prospect(person));
            TransactionRecord payment = payment(person, at);
            records.add(payment);
            records.add(refund(payment, at));
            records.add(
                    new EnrollmentRecord(
                            Records.origin("school", "main", Records.newId()),
                            person,
                            "Weaving",
                            "active",
                            Money.of("100", "SAR"),
                            at,
                            null));
        }
        return records;
    }

    static String name(int number) {
        return "Person Number" + number;
    }

    private static TransactionRecord payment(Person person, Instant at) {
        return new TransactionRecord(
                Records.origin("xendit", "main", Records.newId()),
                person,
                "paid",
                Money.of("12.500", "KWD"),
                BigDecimal.ZERO,
                "card",
                null,
                null,
                at);
    }

    private static SourceRecord refund(TransactionRecord of, Instant at) {
        return new RefundRecord(
                new Origin("xendit", "main", Records.newId(), at, at),
                of.origin().externalId(),
                PaymentStatus.REFUNDED,
                Money.of("2.500", "KWD"));
    }

    private static SourceRecord order(Person buyer, Instant at) {
        String id = Records.newId();
        return new ShopifyOrderRecord(
                new Origin("shopify", SHOP, id, at, at),
                buyer,
                "#" + id,
                "SAR",
                new BigDecimal("11.00"),
                null,
                null,
                null,
                BigDecimal.ZERO,
                "paid",
                null,
                null,
                null,
                null,
                List.of(),
                null,
                null,
                null,
                List.of(item(78), item(79), item(78)),
                List.of(
                        new ShopifyOrderRecord.Refund(
                                Long.parseLong(Records.newId()),
                                BigDecimal.ZERO,
                                null,
                                at,
                                at,
                                at)));
    }

    private static ShopifyOrderRecord.Item item(long variant) {
        return new ShopifyOrderRecord.Item(
                Long.parseLong(Records.newId()),
                77L,
                variant,
                "Lamp",
                null,
                "L-1",
                null,
                1,
                BigDecimal.TEN,
                null);
    }
}
