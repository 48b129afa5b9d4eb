package io.customergraph.provider.payment;

import static org.assertj.core.api.Assertions.assertThat;

import io.customergraph.delivery.DeliveryOutcome;
import io.customergraph.delivery.DeliveryTranslator.Translation;
import io.customergraph.ingest.SourceRecord;
import io.customergraph.ingest.SourceRecord.RefundRecord;
import io.customergraph.ingest.SourceRecord.TransactionRecord;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/** Deliveries that are not what they should be. */
class BrokenPaymentsTest {

    private static final JsonMapper JSON = new JsonMapper();

    static List<String> fixtures() {
        return Fixture.ALL;
    }

    private static SourceRecord record(String provider, String body) {
        assertThat(Fixture.translate(provider, body)).isInstanceOf(Translation.Said.class);
        return ((Translation.Said) Fixture.translate(provider, body)).records().getFirst();
    }

    private static TransactionRecord payment(String provider, String body) {
        return (TransactionRecord) record(provider, body);
    }

    private static String refusal(String provider, String body) {
        assertThat(Fixture.translate(provider, body)).isInstanceOf(Translation.Nothing.class);
        return ((Translation.Nothing) Fixture.translate(provider, body)).outcome()
                        instanceof DeliveryOutcome.Unusable(String code, String why)
                ? assertIsSaid(code, why)
                : "IGNORED";
    }

    private static String assertIsSaid(String code, String why) {
        assertThat(why).isNotBlank();
        return code;
    }

    /** A fixture with the value at a path, such as {@code data.amount}, replaced by JSON. */
    private static String with(String fixture, String path, String json) {
        ObjectNode root = (ObjectNode) JSON.readTree(Fixture.read(fixture));
        String[] steps = path.split("\\.", -1);
        ObjectNode at = root;
        for (int n = 0; n < steps.length - 1; n++) {
            at = (ObjectNode) at.get(steps[n]);
        }
        at.put(steps[steps.length - 1], "@@");
        return root.toString().replace("\"@@\"", json);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "tap/charge-captured|amount",
                "moyasar/payment-paid|data.amount",
                "paytabs/sale|tran_total",
                "paymob/transaction|obj.amount_cents",
                "tabby/payment-closed|amount",
                "tamara/order-captured|total_amount.amount",
                "xendit/invoice-paid|paid_amount",
                "xendit/payment-capture|data.request_amount",
                "tap/refund-refunded|amount",
                "paytabs/refund|tran_total",
                "paymob/refund|obj.amount_cents",
                "xendit/refund-of-invoice|data.amount"
            })
    void an_amount_that_is_none_is_told(String fixture, String path) {
        String provider = Fixture.provider(fixture);
        String body = fixture.equals("xendit/payment-capture") ? uncaptured(fixture) : null;
        for (String amount :
                List.of(
                        "-1",
                        "\"-0.01\"",
                        "\"a lot\"",
                        "[5]",
                        "{}",
                        "true",
                        "1e400000000",
                        "1.23456",
                        "1e-400000000",
                        "123456789012345678901",
                        "\"1e3\"",
                        "\"１２\"",
                        "\"1,50\"")) {
            String broken =
                    body == null ? with(fixture, path, amount) : body.replace("\"@@\"", amount);
            assertThat(refusal(provider, broken)).as(amount).isEqualTo("INVALID_AMOUNT");
        }
    }

    private static String uncaptured(String fixture) {
        ObjectNode root = (ObjectNode) JSON.readTree(Fixture.read(fixture));
        ((ObjectNode) root.get("data")).remove("captures");
        ((ObjectNode) root.get("data")).put("request_amount", "@@");
        return root.toString();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "tap/charge-captured|currency",
                "moyasar/payment-paid|data.currency",
                "paytabs/sale|tran_currency",
                "paymob/transaction|obj.currency",
                "tabby/payment-closed|currency",
                "tamara/order-captured|total_amount.currency",
                "xendit/invoice-paid|currency"
            })
    void a_currency_that_is_none_is_told_and_lower_case_is_one(String fixture, String path) {
        String provider = Fixture.provider(fixture);
        for (String currency : List.of("\"ZZZ\"", "\"XAU\"", "\"\"", "null", "682", "[\"SAR\"]")) {
            assertThat(refusal(provider, with(fixture, path, currency)))
                    .as(currency)
                    .isEqualTo("INVALID_CURRENCY");
        }
        if (!provider.equals("tamara")) {
            assertThat(payment(provider, with(fixture, path, "\"bhd\"")).amount().currency())
                    .isEqualTo("BHD");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "SAR, 34550, 345.5",
        "KWD, 34550, 34.55",
        "KWD, 1, 0.001",
        "JPY, 34550, 34550",
        "SAR, 0, 0",
        "SAR, 99999999999999999, 999999999999999.99",
        "KWD, 999999999999999999, 999999999999999.999"
    })
    void minor_units_are_as_many_as_the_currency_has(String currency, String minor, String major) {
        String body =
                with("moyasar/payment-paid", "data.currency", "\"" + currency + "\"")
                        .replace("\"amount\":34550", "\"amount\":" + minor);

        assertThat(payment("moyasar", body).amount().amount()).isEqualTo(new BigDecimal(major));
    }

    @Test
    void a_part_of_a_minor_unit_is_no_amount() {
        assertThat(refusal("moyasar", with("moyasar/payment-paid", "data.amount", "100.5")))
                .isEqualTo("INVALID_AMOUNT");
    }

    @Test
    void an_amount_of_nineteen_digits_keeps_each() {
        assertThat(
                        payment(
                                        "tap",
                                        with(
                                                "tap/charge-captured",
                                                "amount",
                                                "999999999999999.9999"))
                                .amount()
                                .amount())
                .isEqualTo(new BigDecimal("999999999999999.9999"));
    }

    @Test
    void ids_over_2_to_the_53_keep_every_digit_and_what_is_too_long_is_none() {
        assertThat(
                        payment("paymob", with("paymob/transaction", "obj.id", "9007199254740993"))
                                .origin()
                                .externalId())
                .isEqualTo("9007199254740993");
        assertThat(
                        refusal(
                                "paymob",
                                with(
                                        "paymob/transaction",
                                        "obj.id",
                                        "\"" + "7".repeat(201) + "\"")))
                .isEqualTo("INVALID_ID");
        assertThat(refusal("tap", with("tap/refund-refunded", "charge_id", "null")))
                .isEqualTo("INVALID_ID");
    }

    @ParameterizedTest
    @CsvSource({
        "2026-03-01T10:00:00+14:00, 2026-02-28T20:00:00Z",
        "2026-03-01T10:00:00-0930, 2026-03-01T19:30:00Z",
        "2026-03-01T10:00:00.1234567Z, 2026-03-01T10:00:00.123456Z",
        "2026-03-01 10:00:00 +05:45, 2026-03-01T04:15:00Z"
    })
    void times_of_odd_offsets_are_read(String text, String time) {
        assertThat(
                        payment(
                                        "moyasar",
                                        with(
                                                "moyasar/payment-paid",
                                                "data.updated_at",
                                                "\"" + text + "\""))
                                .origin()
                                .updatedAt())
                .hasToString(time);
    }

    @Test
    void a_time_that_is_none_is_told_and_a_missing_one_is_that_of_the_event_or_delivery() {
        assertThat(refusal("moyasar", with("moyasar/payment-paid", "data.updated_at", "\"soon\"")))
                .isEqualTo("INVALID_TIME");
        assertThat(
                        payment("moyasar", with("moyasar/payment-paid", "data.updated_at", "null"))
                                .origin()
                                .updatedAt())
                .hasToString("2026-03-01T09:30:03.512Z");
        assertThat(
                        payment(
                                        "paytabs",
                                        with(
                                                "paytabs/sale",
                                                "payment_result",
                                                "{\"response_status\": \"A\"}"))
                                .origin()
                                .updatedAt())
                .isEqualTo(Fixture.RECEIVED);
        assertThat(
                        refusal(
                                "tap",
                                with("tap/charge-captured", "transaction", "{\"created\": 99e99}")))
                .isEqualTo("INVALID_TIME");
    }

    @Test
    void what_is_taken_from_a_payment_needs_a_field_that_paymob_signs() {
        assertThat(refusal("paymob", with("paymob/refund", "obj.has_parent_transaction", "false")))
                .isEqualTo("NO_PARENT");
        assertThat(
                        payment(
                                        "paymob",
                                        with(
                                                "paymob/transaction",
                                                "obj.refunded_amount_cents",
                                                "155075"))
                                .refunded())
                .isZero();
    }

    @Test
    void what_is_no_payment_is_left_alone() {
        assertThat(refusal("paymob", "{\"type\": \"TOKEN\", \"obj\": {}}")).isEqualTo("IGNORED");
        assertThat(refusal("tap", "{\"object\": \"invoice\"}")).isEqualTo("IGNORED");
        assertThat(refusal("moyasar", "{\"type\": \"card_auth_failed\"}")).isEqualTo("IGNORED");
        assertThat(refusal("xendit", "{\"event\": \"payout.succeeded\"}")).isEqualTo("IGNORED");
        assertThat(refusal("paytabs", "{\"tran_type\": \"Register\"}")).isEqualTo("IGNORED");
        assertThat(refusal("tamara", Fixture.read("tamara/notification-approved")))
                .isEqualTo("NO_AMOUNT");
    }

    @ParameterizedTest
    @ValueSource(strings = {"tap", "moyasar", "paytabs", "paymob", "tabby", "tamara", "xendit"})
    void what_is_no_object_is_told(String provider) {
        for (String body : List.of("", "null", "[]", "7", "{", "{} {}", "\"text\"")) {
            assertThat(refusal(provider, body)).as(body).isEqualTo("NOT_JSON");
        }
        assertThat(refusal(provider, "{}")).isNotEqualTo("NOT_JSON");
    }

    @ParameterizedTest
    @MethodSource("fixtures")
    void whatever_is_changed_in_it_it_is_read_ignored_or_refused_with_a_reason(String fixture) {
        String provider = Fixture.provider(fixture);
        JsonNode whole = JSON.readTree(Fixture.read(fixture));
        RandomGenerator random =
                RandomGeneratorFactory.of("L64X128MixRandom").create(fixture.hashCode());
        for (int round = 0; round < 2_000; round++) {
            JsonNode changed = whole.deepCopy();
            int changes = 1 + random.nextInt(3);
            for (int n = 0; n < changes; n++) {
                change(changed, random);
            }
            String body = changed.toString();
            switch (Fixture.translate(provider, body)) {
                case Translation.Nothing(DeliveryOutcome.Unusable(String code, String why)) -> {
                    assertThat(code).matches("[A-Z_]{3,40}");
                    assertThat(why).isNotBlank().doesNotContain("example.com");
                }
                case Translation.Nothing(DeliveryOutcome.Ignored(String why)) ->
                        assertThat(why).isNotBlank();
                case Translation.Nothing other -> throw new AssertionError(other);
                case Translation.Uninstalled other -> throw new AssertionError(other);
                case Translation.Privacy other -> throw new AssertionError(other);
                case Translation.Said said ->
                        assertThat(said.records())
                                .as(body)
                                .isNotEmpty()
                                .allSatisfy(BrokenPaymentsTest::assertCanBeKept);
            }
        }
    }

    private static void assertCanBeKept(SourceRecord record) {
        BigDecimal amount =
                switch (record) {
                    case TransactionRecord payment -> {
                        assertThat(payment.refunded()).isNotNegative();
                        yield payment.amount().amount();
                    }
                    case RefundRecord refund -> {
                        assertThat(refund.paymentId()).isNotBlank();
                        yield refund.amount().amount();
                    }
                    default -> throw new AssertionError(record.type());
                };
        assertThat(amount).isNotNegative().isLessThan(new BigDecimal("1e15"));
        assertThat(amount.scale()).isBetween(0, 4);
        assertThat(record.origin().externalId()).isNotBlank().hasSizeLessThanOrEqualTo(200);
    }

    /** Replaces, removes or adds one field of one object somewhere in a tree. */
    private static void change(JsonNode tree, RandomGenerator random) {
        List<ObjectNode> objects = new ArrayList<>();
        collect(tree, objects);
        ObjectNode object = objects.get(random.nextInt(objects.size()));
        List<String> names = new ArrayList<>(object.propertyNames());
        if (names.isEmpty() || random.nextInt(20) == 0) {
            object.set("extra" + random.nextInt(5), any(random));
            return;
        }
        String name = names.get(random.nextInt(names.size()));
        if (random.nextInt(4) == 0) {
            object.remove(name);
        } else {
            object.set(name, any(random));
        }
    }

    private static void collect(JsonNode node, List<ObjectNode> objects) {
        if (node instanceof ObjectNode object) {
            objects.add(object);
        }
        node.forEach(child -> collect(child, objects));
    }

    private static JsonNode any(RandomGenerator random) {
        JsonNodeFactory make = JsonNodeFactory.instance;
        return switch (random.nextInt(22)) {
            case 0 -> make.nullNode();
            case 1 -> make.booleanNode(random.nextBoolean());
            case 2 -> make.numberNode(random.nextLong());
            case 3 -> make.numberNode(random.nextInt(100));
            case 4 -> make.numberNode(new BigInteger("9".repeat(1 + random.nextInt(60))));
            case 5 -> make.numberNode(new BigDecimal("-12.345678901"));
            case 6 -> make.numberNode(new BigDecimal("1E+" + random.nextInt(999)));
            case 7 -> make.numberNode(new BigDecimal("1E-" + random.nextInt(999)));
            case 8 -> make.stringNode("");
            case 9 -> make.stringNode("   ");
            case 10 -> make.stringNode("👩‍👩‍👧 مرحبا\u202E\u0000\uD800");
            case 11 -> make.stringNode("x".repeat(5_000));
            case 12 -> make.stringNode("2026-02-30T25:61:00Z");
            case 13 -> make.stringNode("2026-03-01T10:00:00+18:00");
            case 14 -> make.stringNode("-99999999999999999999.99");
            case 15 -> make.stringNode("0.0001");
            case 16 -> new ArrayNode(make).add("SAR").add(1).addNull();
            case 17 -> new ArrayNode(make).add(make.objectNode().put("amount", "3.3"));
            case 18 -> make.objectNode().put("id", 1).put("amount", -1);
            case 19 ->
                    make.stringNode(
                            List.of("KWD", "kwd", "JPY", "XXX", "SAR ", "ريال")
                                    .get(random.nextInt(6)));
            case 20 ->
                    make.stringNode(
                            List.of("paid", "REFUNDED", "voided", "A", "?", "refund", "TRANSACTION")
                                    .get(random.nextInt(7)));
            default -> make.pojoNode(Map.of());
        };
    }
}
