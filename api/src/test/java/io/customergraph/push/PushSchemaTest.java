package io.customergraph.push;

import static org.assertj.core.api.Assertions.assertThat;

import io.customergraph.ingest.RecordType;
import io.customergraph.ingest.SourceRecord;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;

/** Holds the published schema and the code that reads by it together. */
class PushSchemaTest {

    private static final JsonMapper JSON = new JsonMapper();
    private static final PushSchema SCHEMA = new PushSchema();
    private static final JsonNode FILE =
            JSON.readTree(StandardCharsets.UTF_8.decode(SCHEMA.file()).toString());
    private static final String TIME = "2026-03-01T10:00:00.5+03:00";

    private final PushedRecords records =
            new PushedRecords(SCHEMA, new PushSource("custom", "booking", "AE"));

    /** A record of a kind with every field that the schema has, each with a good value. */
    private static ObjectNode whole(String kind) {
        ObjectNode whole = (ObjectNode) value(FILE.path("$defs").path(kind));
        whole.put("createdAt", "2026-02-01T10:00:00Z");
        return whole;
    }

    private static JsonNode value(JsonNode schema) {
        if (schema.has("$ref")) {
            String name = schema.path("$ref").asString().replace("#/$defs/", "");
            return switch (name) {
                case "time" -> JSON.valueToTree(TIME);
                case "decimal" -> JSON.valueToTree("12.500");
                case "id" -> JSON.valueToTree("9007199254740993");
                default -> value(FILE.path("$defs").path(name));
            };
        }
        if (schema.has("const")) {
            return schema.path("const");
        }
        if (schema.has("enum")) {
            return schema.path("enum").get(0);
        }
        return switch (schema.path("type").asString()) {
            case "object" -> {
                ObjectNode object = JSON.createObjectNode();
                schema.path("properties")
                        .propertyStream()
                        .forEach(one -> object.set(one.getKey(), value(one.getValue())));
                yield object;
            }
            case "array" -> JSON.createArrayNode().add(value(schema.path("items")));
            case "integer" -> JSON.valueToTree(45);
            case "boolean" -> JSON.valueToTree(true);
            default ->
                    JSON.valueToTree(
                            schema.path("pattern").asString("").contains("{3}")
                                    ? "KWD"
                                    : schema.has("pattern") ? "SA" : "ليلى 🌙");
        };
    }

    @Test
    void the_schema_describes_everything_and_is_read_as_it_is_published() {
        assertThat(FILE.at("/properties/records/maxItems").asInt())
                .isEqualTo(PushBody.MOST_RECORDS);
        assertThat(FILE.at("/properties/version/const").asString()).isEqualTo("1");
        FILE.path("$defs")
                .propertyStream()
                .forEach(
                        one -> {
                            assertThat(one.getValue().has("description")).as(one.getKey()).isTrue();
                            one.getValue()
                                    .path("properties")
                                    .propertyStream()
                                    .forEach(
                                            field ->
                                                    assertThat(
                                                                    field.getValue()
                                                                                    .has(
                                                                                            "description")
                                                                            || field.getValue()
                                                                                    .has("$ref"))
                                                            .as(one.getKey() + "." + field.getKey())
                                                            .isTrue());
                        });
    }

    /** Twice as long takes no four times as long: who pushes may not choose how long it takes. */
    @Test
    @Timeout(60)
    void no_pattern_is_slow_however_long_and_wrong_a_text_is() {
        String text = "a".repeat(500_000);
        for (JsonNode pattern : FILE.findValues("pattern")) {
            for (String wrong : List.of(text + "\u0001", " ".repeat(500_000) + "\u0001")) {
                assertThat(Pattern.compile(pattern.asString()).matcher(wrong).find())
                        .as(pattern.asString())
                        .isFalse();
            }
        }
    }

    @Test
    void nobody_pays_less_than_nothing_or_gets_more_back_than_was_paid() {
        ObjectNode payment = whole("transaction");
        ((ObjectNode) payment.get("amount")).put("amount", "-5");
        assertThat(read(payment).record()).isNull();

        payment = whole("transaction");
        ((ObjectNode) payment.get("amount")).put("amount", "5");
        payment.put("refunded", "10");
        assertThat(read(payment).record()).isNull();
        assertThat(read(payment).flaws())
                .extracting(flaw -> flaw.pointer(""))
                .containsExactly("/refunded");

        payment.put("refunded", "5");
        assertThat(read(payment).record()).isNotNull();
    }

    @Test
    void what_was_given_back_of_a_payment_is_all_of_it_or_told() {
        ObjectNode payment = whole("transaction");
        payment.put("status", "refunded").remove("refunded");
        SourceRecord.TransactionRecord refunded =
                (SourceRecord.TransactionRecord) Objects.requireNonNull(read(payment).record());
        assertThat(refunded.refunded()).isEqualTo(refunded.amount().amount());

        payment.put("status", "partly_refunded");
        assertThat(read(payment).record()).isNull();
        assertThat(read(payment).flaws())
                .containsExactly(
                        new Flaw(
                                Flaw.Code.REQUIRED,
                                List.of("refunded"),
                                "Of a part that is given back say how much"));
    }

    /**
     * A kind or a field that the schema has and the code does not read would be lost in silence.
     */
    @Test
    void every_field_of_every_kind_is_read() {
        Set<RecordType> types = EnumSet.noneOf(RecordType.class);
        for (JsonNode kind : FILE.at("/$defs/record/properties/type/enum")) {
            ObjectNode whole = whole(kind.asString());
            SourceRecord all =
                    Objects.requireNonNull(read(whole).record(), () -> read(whole).toString());
            types.add(all.type());
            for (String object : List.of("", "/person", "/messages/0")) {
                for (String field : names(whole.at(object))) {
                    ObjectNode without = whole.deepCopy();
                    ((ObjectNode) without.at(object)).remove(field);
                    assertThat(all.equals(read(without).record()))
                            .as("%s without %s of %s", kind.asString(), field, object)
                            .isFalse();
                }
            }
        }
        assertThat(types).hasSize(6);
    }

    private static List<String> names(JsonNode object) {
        return object.propertyStream().map(Map.Entry::getKey).toList();
    }

    @Test
    void what_is_required_is_missed_at_its_place() {
        for (JsonNode kind : FILE.at("/$defs/record/properties/type/enum")) {
            for (JsonNode required : FILE.at("/$defs/" + kind.asString() + "/required")) {
                ObjectNode without = whole(kind.asString());
                without.remove(required.asString());
                List<Flaw> flaws = read(without).flaws();
                assertThat(flaws)
                        .as("%s without %s", kind, required)
                        .anySatisfy(
                                flaw -> {
                                    assertThat(flaw.code()).isEqualTo(Flaw.Code.REQUIRED);
                                    assertThat(flaw.path()).containsExactly(required.asString());
                                });
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    appointment  | id              | 9007199254740993               | INVALID
                    appointment  | id              | ""                             | INVALID
                    appointment  | id              | "a\\u0000"                     | INVALID
                    appointment  | id              | "a\\n"                          | INVALID
                    appointment  | id              | "\\ud83d"                      | INVALID
                    appointment  | updatedAt       | "2026-03-01T10:00:00"          | INVALID
                    appointment  | updatedAt       | "2026-02-30T10:00:00Z"         | INVALID
                    appointment  | updatedAt       | "1969-12-31T23:59:59Z"         | INVALID
                    appointment  | updatedAt       | "2026-06-30T23:59:60Z"         | INVALID
                    appointment  | updatedAt       | "2026-03-01T10:00:00Z\\n"       | INVALID
                    appointment  | updatedAt       | 1772348400                     | INVALID
                    appointment  | status          | "CONFIRMED"                    | INVALID
                    appointment  | durationMinutes | 1.5                            | INVALID
                    appointment  | durationMinutes | -1                             | INVALID
                    appointment  | durationMinutes | 99999999999999999999           | INVALID
                    appointment  | staffName       | null                           | INVALID
                    appointment  | stafName        | "Noor"                         | UNKNOWN_FIELD
                    appointment  | person          | "Noor"                         | INVALID
                    appointment  | person          | {"phone": 966501112223}        | INVALID
                    appointment  | person          | {"region": "sa"}               | INVALID
                    appointment  | person          | {"region": "SA\\n"}             | INVALID
                    appointment  | person          | {"region": "ZZ"}               | INVALID
                    transaction  | amount          | {"amount": 12.5, "currency": "KWD"}      | INVALID
                    transaction  | amount          | {"amount": "12.50000", "currency": "KWD"}| INVALID
                    transaction  | amount          | {"amount": "12.5\\n", "currency": "KWD"}  | INVALID
                    transaction  | amount          | {"amount": "12.5", "currency": "KWD\\n"}  | INVALID
                    transaction  | amount          | {"amount": "1e3", "currency": "KWD"}     | INVALID
                    transaction  | amount          | {"amount": "12.5", "currency": "kwd"}    | INVALID
                    transaction  | amount          | {"amount": "12.5", "currency": "XQQ"}    | UNKNOWN_CURRENCY
                    transaction  | amount          | {"amount": "12.5"}             | REQUIRED
                    enrollment   | price           | {"amount": "1", "currency": "ZZZ"}       | UNKNOWN_CURRENCY
                    ticket       | tags            | "vip"                          | INVALID
                    conversation | channel         | "pigeon"                       | INVALID
                    conversation | messages        | [{}]                           | REQUIRED
                    conversation | type            | "order"                        | INVALID
                    """)
    void what_is_wrong_is_told_and_never_quoted(
            String kind, String field, String value, Flaw.Code code) {
        ObjectNode record = whole(kind);
        record.set(field, JSON.readTree(value));

        Pushed read = read(record);

        assertThat(read.record()).isNull();
        assertThat(read.flaws()).extracting(Flaw::code).contains(code);
        assertThat(read.flaws().getFirst().path()).startsWith(field);
        assertThat(read.flaws()).noneMatch(flaw -> flaw.message().contains("Noor"));
    }

    @Test
    void a_long_text_is_told_by_its_length_and_as_many_flaws_as_anybody_reads() {
        ObjectNode record = whole("ticket");
        record.put("subject", "س".repeat(1_001));
        for (int n = 0; n < 50; n++) {
            record.put("unknown" + n, n);
        }

        assertThat(read(record).flaws()).hasSize(10);
        ObjectNode longOne = whole("ticket");
        longOne.put("subject", "س".repeat(1_001));
        assertThat(read(longOne).flaws())
                .containsExactly(
                        new Flaw(
                                Flaw.Code.TOO_LONG, List.of("subject"), "At most 1000 characters"));
    }

    @Test
    void a_pointer_is_of_rfc_6901() {
        assertThat(
                        new Flaw(Flaw.Code.INVALID, List.of("a/b", "c~d", "0"), "")
                                .pointer("/records/3"))
                .isEqualTo("/records/3/a~1b/c~0d/0");
    }

    private Pushed read(JsonNode record) {
        return records.read(record);
    }
}
