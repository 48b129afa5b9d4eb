package io.customergraph.push;

import io.customergraph.customer.Assurance;
import io.customergraph.ingest.ContactPoint;
import io.customergraph.ingest.Origin;
import io.customergraph.ingest.PaymentStatus;
import io.customergraph.ingest.Person;
import io.customergraph.ingest.SourceRecord;
import io.customergraph.money.Money;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Makes source records of what is pushed. Pure; a record that is not fit tells its flaws. */
public final class PushedRecords {

    /** The most values of one record: 200 messages of seven fields, and some more. */
    private static final int MOST_DIGITS = 100;

    private static final int MOST_BITS = 350;
    private static final int MOST_VALUES = 4_000;

    private final PushSchema schema;
    private final PushSource source;

    public PushedRecords(PushSchema schema, PushSource source) {
        this.schema = schema;
        this.source = source;
    }

    /** Reads one record in the form of the schema's {@code #/$defs/record}. */
    public Pushed read(JsonNode json) {
        String id = json.path("id").asString("");
        String told = id.isBlank() || id.length() > Pushed.LONGEST_ID ? null : id;
        if (values(json, MOST_VALUES) > MOST_VALUES) {
            return Pushed.unfit(
                    told,
                    List.of(
                            new Flaw(
                                    Flaw.Code.TOO_LARGE,
                                    List.of(),
                                    "More than %d values in one record".formatted(MOST_VALUES))));
        }
        List<String> beyond = beyond(json);
        if (beyond != null) {
            return Pushed.unfit(
                    told,
                    List.of(
                            new Flaw(
                                    Flaw.Code.INVALID,
                                    beyond,
                                    "No number has so many digits or such an exponent")));
        }
        List<Flaw> flaws = schema.flaws(json);
        if (!flaws.isEmpty()) {
            return Pushed.unfit(told, flaws);
        }
        RecordFields fields = RecordFields.of(json);
        SourceRecord record = record(fields);
        return fields.flaws().isEmpty() && record != null
                ? Pushed.fit(told, record)
                : Pushed.unfit(told, fields.flaws());
    }

    /** Where a number is that nobody can work with; null where there is none. */
    private static @Nullable List<String> beyond(JsonNode node) {
        if (node.isNumber()) {
            boolean isBeyond =
                    node.isIntegralNumber()
                            ? node.bigIntegerValue().bitLength() > MOST_BITS
                            : node.decimalValue().precision() > MOST_DIGITS
                                    || Math.abs((long) node.decimalValue().scale()) > MOST_DIGITS;
            return isBeyond ? List.of() : null;
        }
        if (node.isArray()) {
            for (int n = 0; n < node.size(); n++) {
                List<String> below = beyond(node.get(n));
                if (below != null) {
                    return with(Integer.toString(n), below);
                }
            }
        }
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            List<String> below = beyond(field.getValue());
            if (below != null) {
                return with(field.getKey(), below);
            }
        }
        return null;
    }

    private static List<String> with(String first, List<String> rest) {
        List<String> path = new ArrayList<>();
        path.add(first);
        path.addAll(rest);
        return path;
    }

    /** How many values there are, as far as it matters. */
    private static int values(JsonNode node, int most) {
        int count = 1;
        for (JsonNode below : node) {
            if (count > most) {
                return count;
            }
            count += values(below, most - count);
        }
        return count;
    }

    private @Nullable SourceRecord record(RecordFields fields) {
        Origin origin = origin(fields);
        Person person = person(fields.below("person"));
        return switch (fields.text("type", "")) {
            case "appointment" -> appointment(fields, origin, person);
            case "prospect" ->
                    new SourceRecord.ProspectRecord(
                            origin,
                            person,
                            fields.text("company"),
                            fields.text("status", ""),
                            fields.text("campaign"),
                            fields.text("notes"));
            case "conversation" ->
                    new SourceRecord.OmniConversationRecord(
                            origin,
                            person,
                            fields.text("channel", ""),
                            fields.text("channelAddress"),
                            fields.text("status", ""),
                            fields.text("subject"),
                            fields.each("messages").stream().map(PushedRecords::message).toList());
            case "ticket" ->
                    new SourceRecord.SupportTicketRecord(
                            origin,
                            person,
                            fields.text("subject"),
                            fields.text("description"),
                            fields.text("status", ""),
                            fields.text("priority"),
                            fields.text("channel"),
                            fields.texts("tags"),
                            fields.time("dueAt"),
                            fields.time("resolvedAt"));
            case "transaction" -> transaction(fields, origin, person);
            case "enrollment" ->
                    new SourceRecord.EnrollmentRecord(
                            origin,
                            person,
                            fields.text("program", ""),
                            fields.text("status", ""),
                            fields.money("price"),
                            fields.time("enrolledAt", origin.createdAt()),
                            fields.time("completedAt"));
            default -> throw new IllegalStateException("The schema knows a kind that nobody reads");
        };
    }

    private Origin origin(RecordFields fields) {
        String id = fields.id("id");
        Instant updated = fields.time("updatedAt", Instant.EPOCH);
        return new Origin(
                source.sourceType(),
                source.account(),
                id,
                fields.time("createdAt", updated),
                updated);
    }

    private static SourceRecord appointment(RecordFields fields, Origin origin, Person person) {
        return new SourceRecord.AppointmentRecord(
                origin,
                person,
                fields.text("service"),
                fields.time("startsAt", origin.updatedAt()),
                fields.number("durationMinutes"),
                fields.text("status", ""),
                fields.text("location"),
                fields.text("staffName"),
                fields.text("notes"));
    }

    private static @Nullable SourceRecord transaction(
            RecordFields fields, Origin origin, Person person) {
        Instant paidAt = fields.time("paidAt");
        Money amount = fields.money("amount");
        String status = fields.text("status", "");
        BigDecimal refunded = fields.decimal("refunded");
        if (amount != null && refunded.compareTo(amount.amount()) > 0) {
            fields.note("refunded", Flaw.Code.INVALID, "No more is given back than was paid");
        }
        if (status.equals(PaymentStatus.PARTLY_REFUNDED.code()) && refunded.signum() == 0) {
            fields.note(
                    "refunded", Flaw.Code.REQUIRED, "Of a part that is given back say how much");
        }
        if (amount != null
                && status.equals(PaymentStatus.REFUNDED.code())
                && !fields.has("refunded")) {
            refunded = amount.amount();
        }
        return amount == null
                ? null
                : new SourceRecord.TransactionRecord(
                        origin,
                        person,
                        status,
                        amount,
                        refunded,
                        fields.text("paymentMethod"),
                        fields.text("description"),
                        null,
                        paidAt);
    }

    private static SourceRecord.OmniConversationRecord.Message message(RecordFields fields) {
        return new SourceRecord.OmniConversationRecord.Message(
                fields.id("id"),
                fields.text("direction", ""),
                fields.text("contentType", "text"),
                fields.text("text"),
                fields.text("status"),
                fields.time("sentAt", Instant.EPOCH));
    }

    private Person person(RecordFields fields) {
        if (!fields.object().isObject()) {
            return Person.UNKNOWN;
        }
        List<ContactPoint> contacts = new ArrayList<>(2);
        String email = fields.text("email");
        String phone = fields.text("phone");
        if (email != null) {
            contacts.add(ContactPoint.email(email, assurance(fields.flag("isEmailVerified"))));
        }
        if (phone != null) {
            contacts.add(ContactPoint.phone(phone, assurance(fields.flag("isPhoneVerified"))));
        }
        String region = fields.region("region");
        return new Person(
                fields.has("id") ? fields.id("id") : null,
                fields.text("firstName"),
                fields.text("lastName"),
                fields.text("name"),
                region == null ? source.region() : region,
                contacts);
    }

    /** The system saw it in use; what it says to have verified, it has. */
    private static Assurance assurance(boolean isVerified) {
        return isVerified ? Assurance.VERIFIED : Assurance.OBSERVED;
    }
}
