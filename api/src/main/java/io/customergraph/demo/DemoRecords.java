package io.customergraph.demo;

import io.customergraph.customer.Assurance;
import io.customergraph.ingest.ContactPoint;
import io.customergraph.ingest.Origin;
import io.customergraph.ingest.Person;
import io.customergraph.ingest.SourceRecord;
import io.customergraph.money.Money;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * Generates the records of a demo tenant, person by person, products first. Deterministic: the same
 * seed gives the same records, and a larger demo begins with the smaller one. Nothing is kept, so
 * any size can be streamed.
 *
 * @param seed of all chance
 * @param activity how many times the usual number of orders, tickets, appointments and
 *     conversations
 */
record DemoRecords(DemoTenant tenant, long seed, int activity) {

    /** Nothing was recorded after this; appointments may lie ahead of it. */
    static final Instant AS_OF = Instant.parse("2026-11-01T00:00:00Z");

    private static final Duration HISTORY = Duration.ofDays(900);
    private static final long FIRST_ORDER_ID = 5_000_000_000L;
    private static final int RECORDS_PER_PERSON = 1_000;

    /** All records of so many people. */
    Stream<DemoRecord> of(long people) {
        return Stream.concat(
                DemoCatalogue.products(tenant, seed),
                LongStream.range(0, people).boxed().flatMap(number -> ofPerson(number).stream()));
    }

    /** What all sources have of one person. */
    List<DemoRecord> ofPerson(long number) {
        DemoPerson person = DemoPerson.of(tenant, seed, number);
        Writer writer = new Writer(person, new SplittableRandom(seed * 41 + number));
        writer.writeAll();
        return writer.records;
    }

    /** Writes one person's records. */
    private final class Writer {

        private final DemoPerson person;
        private final SplittableRandom random;
        private final Noise noise;
        private final List<DemoRecord> records = new ArrayList<>();
        private final DemoTenant.Shop shop;
        private final boolean isShopCustomer;
        private int next;

        Writer(DemoPerson person, SplittableRandom random) {
            this.person = person;
            this.random = random;
            this.noise = new Noise(random);
            this.shop = tenant.shops().get(random.nextInt(tenant.shops().size()));
            this.isShopCustomer = noise.chance(0.7);
        }

        void writeAll() {
            if (isShopCustomer) {
                add(shopifyCustomer());
            }
            for (int n = count(1.2); n > 0; n--) {
                add(order());
            }
            for (int n = count(0.8); n > 0; n--) {
                add(ticket());
            }
            for (int n = count(0.6); n > 0; n--) {
                add(appointment());
            }
            for (int n = count(0.7); n > 0; n--) {
                add(conversation());
            }
            if (noise.chance(0.45)) {
                add(transaction());
            }
            if (noise.chance(0.3) || records.isEmpty()) {
                add(prospect());
            }
            if (noise.chance(0.15)) {
                add(enrollment());
            }
        }

        private void add(SourceRecord record) {
            records.add(new DemoRecord(record, person.number()));
        }

        private int count(double mean) {
            double times = mean * activity;
            int whole = (int) times;
            int extra = noise.chance(times - whole) ? 1 : 0;
            return whole
                    + extra
                    + (noise.chance(0.1) ? 1 : 0)
                    - (noise.chance(0.1) && whole > 0 ? 1 : 0);
        }

        private Instant sometime() {
            return AS_OF.minusSeconds(1 + random.nextLong(HISTORY.toSeconds()));
        }

        /** Unique within one kind of record of a tenant; another tenant has the same ones. */
        private long rawId() {
            return FIRST_ORDER_ID + person.number() * RECORDS_PER_PERSON + next++;
        }

        private Origin origin(String sourceType, String account, Instant at) {
            Instant updated = at.plusSeconds(random.nextLong(86_400 * 3));
            return new Origin(
                    sourceType,
                    account,
                    Long.toString(rawId()),
                    at,
                    updated.isAfter(AS_OF) ? AS_OF : updated);
        }

        private String shopifyId() {
            return Long.toString(7_000_000_000L + person.number());
        }

        private Person who(@Nullable String externalId, Assurance assurance, double arabicShare) {
            String first = noise.typo(person.given().spelling(random, arabicShare));
            String last = noise.typo(person.family().spelling(random, arabicShare));
            if (noise.chance(0.05)) {
                first = first.substring(0, 1) + ".";
            }
            return new Person(externalId, first, last, null, null, contacts(assurance));
        }

        /**
         * Most people leave both e-mail and phone when they first come, and later one or both. Who
         * uses another address says by the phone who it is, and the other way round.
         */
        private List<ContactPoint> contacts(Assurance assurance) {
            boolean isFirst = records.isEmpty() && noise.chance(0.98);
            boolean hasEmail =
                    !person.emails().isEmpty()
                            && (isFirst || person.phones().isEmpty() || noise.chance(0.85));
            boolean hasPhone =
                    !person.phones().isEmpty() && (isFirst || !hasEmail || noise.chance(0.65));
            boolean hasBoth = hasEmail && hasPhone && !isFirst;
            List<ContactPoint> contacts = new ArrayList<>(3);
            String email = hasEmail ? person.emails().getFirst() : "";
            String phone = hasPhone ? person.phones().getFirst() : "";
            if (hasBoth && noise.chance(0.3)) {
                if (noise.chance(0.5)) {
                    email = person.emails().getLast();
                } else {
                    phone = person.phones().getLast();
                }
            }
            if (hasEmail) {
                contacts.add(ContactPoint.email(noise.email(email), assurance));
            }
            if (noise.chance(0.015)) {
                contacts.add(ContactPoint.email("info@company.example", Assurance.CLAIMED));
            }
            if (hasPhone) {
                contacts.add(ContactPoint.phone(noise.phone(phone, tenant.region()), assurance));
            }
            return contacts;
        }

        private String any(List<String> values) {
            return noise.chance(0.8)
                    ? values.getFirst()
                    : values.get(random.nextInt(values.size()));
        }

        private SourceRecord shopifyCustomer() {
            boolean isVerified = noise.chance(0.7);
            Instant at = sometime();
            Person who =
                    who(shopifyId(), isVerified ? Assurance.VERIFIED : Assurance.OBSERVED, 0.15);
            return new SourceRecord.ShopifyCustomerRecord(
                    new Origin("shopify", shop.domain(), shopifyId(), at, at.plusSeconds(60)),
                    who,
                    isVerified,
                    noise.chance(0.8) ? noise.chance(0.5) : null,
                    random.nextInt(6),
                    new Money(price(2_000), shop.currency()),
                    noise.chance(0.6) ? "enabled" : "disabled",
                    noise.chance(0.1) ? List.of("vip") : List.of());
        }

        private BigDecimal price(int max) {
            return BigDecimal.valueOf(100 + random.nextInt(max * 100), 2);
        }

        private SourceRecord order() {
            Instant at = sometime();
            List<SourceRecord.ShopifyOrderRecord.Item> items = new ArrayList<>(3);
            BigDecimal total = BigDecimal.ZERO;
            for (int n = 1 + random.nextInt(2); n > 0; n--) {
                SourceRecord.ShopifyOrderRecord.Item item =
                        DemoCatalogue.item(rawId(), random, shop);
                items.add(item);
                total = total.add(priceOf(item).multiply(BigDecimal.valueOf(item.quantity())));
            }
            boolean isPaid = noise.chance(0.85);
            boolean isRefunded = isPaid && noise.chance(0.05);
            return new SourceRecord.ShopifyOrderRecord(
                    origin("shopify", shop.domain(), at),
                    who(isShopCustomer ? shopifyId() : null, Assurance.OBSERVED, 0.05),
                    "#" + (1_000 + person.number() * 10 + next % 10),
                    shop.currency(),
                    total,
                    total,
                    BigDecimal.ZERO,
                    BigDecimal.ZERO,
                    isRefunded ? priceOf(items.getFirst()) : BigDecimal.ZERO,
                    isRefunded ? "partially_refunded" : isPaid ? "paid" : "pending",
                    noise.chance(0.8) ? "fulfilled" : null,
                    "/",
                    noise.chance(0.3) ? "https://search.example" : null,
                    "web",
                    List.of(),
                    at,
                    null,
                    !isPaid && noise.chance(0.2) ? at.plusSeconds(3_600) : null,
                    items);
        }

        private static BigDecimal priceOf(SourceRecord.ShopifyOrderRecord.Item item) {
            return Objects.requireNonNull(item.price());
        }

        private SourceRecord ticket() {
            Instant at = sometime();
            String desk = any(tenant.helpdesks());
            return new SourceRecord.SupportTicketRecord(
                    origin("freshdesk", desk, at),
                    who(Long.toString(9_000 + person.number()), Assurance.OBSERVED, 0.1),
                    any(List.of("Where is my order?", "Change of address", "A refund", "Invoice")),
                    "Hello, I have a question.",
                    List.of("open", "pending", "resolved", "closed").get(random.nextInt(4)),
                    List.of("low", "medium", "high", "urgent").get(random.nextInt(4)),
                    noise.chance(0.7) ? "email" : "portal",
                    List.of(),
                    null,
                    null);
        }

        private SourceRecord appointment() {
            Instant at = sometime();
            return new SourceRecord.AppointmentRecord(
                    origin("booking", "main", at),
                    who(null, Assurance.CLAIMED, 0.1),
                    any(List.of("Fitting", "Consultation", "Delivery", "Repair")),
                    at.plus(Duration.ofDays(random.nextInt(40))),
                    15 * (1 + random.nextInt(6)),
                    List.of("scheduled", "confirmed", "completed", "cancelled", "no_show")
                            .get(random.nextInt(5)),
                    noise.chance(0.5) ? "Store" : null,
                    null,
                    null);
        }

        private SourceRecord conversation() {
            Instant at = sometime();
            boolean isWhatsApp = !person.phones().isEmpty() && noise.chance(0.7);
            List<SourceRecord.OmniConversationRecord.Message> messages = new ArrayList<>(3);
            for (int n = 0; n < 1 + random.nextInt(3); n++) {
                messages.add(
                        new SourceRecord.OmniConversationRecord.Message(
                                "m" + n,
                                n % 2 == 0 ? "inbound" : "outbound",
                                "text",
                                "Hello",
                                "received",
                                at.plusSeconds(60L * n)));
            }
            return new SourceRecord.OmniConversationRecord(
                    origin(isWhatsApp ? "whatsapp" : "inbox", "main", at),
                    isWhatsApp ? onWhatsApp() : who(null, Assurance.CLAIMED, 0.1),
                    isWhatsApp ? "whatsapp" : noise.chance(0.5) ? "chat" : "email",
                    null,
                    noise.chance(0.6) ? "closed" : "open",
                    null,
                    messages);
        }

        /** WhatsApp proves the number, or in some hides it behind an id of its own. */
        private Person onWhatsApp() {
            String name = person.given().spelling(random, 0.3);
            ContactPoint contact =
                    noise.chance(0.01)
                            ? ContactPoint.whatsAppUserId(
                                    tenant.region() + ".demo" + person.number(), "portfolio")
                            : ContactPoint.whatsAppId(person.phones().getFirst().substring(1));
            return new Person(null, null, null, name, null, List.of(contact));
        }

        private SourceRecord transaction() {
            Instant at = sometime();
            String status =
                    List.of("paid", "paid", "paid", "pending", "failed").get(random.nextInt(5));
            return new SourceRecord.TransactionRecord(
                    origin(noise.chance(0.5) ? "tap" : "xendit", "main", at),
                    who(null, Assurance.CLAIMED, 0),
                    status,
                    new Money(price(800), any(List.of(shop.currency(), "AED", "USD", "EGP"))),
                    BigDecimal.ZERO,
                    noise.chance(0.5) ? "mada" : "card",
                    "Payment",
                    null,
                    status.equals("paid") ? at : null);
        }

        private SourceRecord prospect() {
            return new SourceRecord.ProspectRecord(
                    origin("crm", "main", sometime()),
                    who(Long.toString(person.number()), Assurance.CLAIMED, 0.1),
                    noise.chance(0.2) ? "Company" : null,
                    List.of("new", "contacted", "qualified", "converted", "lost")
                            .get(random.nextInt(5)),
                    noise.chance(0.4) ? "spring" : null,
                    null);
        }

        private SourceRecord enrollment() {
            Instant at = sometime();
            return new SourceRecord.EnrollmentRecord(
                    origin("academy", "main", at),
                    who(null, Assurance.OBSERVED, 0),
                    any(List.of("Calligraphy", "Barista course", "Yoga")),
                    List.of("pending", "active", "completed", "cancelled").get(random.nextInt(4)),
                    new Money(price(500), shop.currency()),
                    at,
                    null);
        }
    }
}
