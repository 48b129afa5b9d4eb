package io.customergraph.provider.shopify;

import static org.assertj.core.api.Assertions.assertThat;

import io.customergraph.customer.Assurance;
import io.customergraph.customer.IdentifierKey;
import io.customergraph.customer.IdentifierKind;
import io.customergraph.delivery.Delivery;
import io.customergraph.delivery.DeliveryOutcome;
import io.customergraph.delivery.DeliveryTranslator.Translation;
import io.customergraph.ingest.ContactPoint;
import io.customergraph.ingest.DeletedRecord;
import io.customergraph.ingest.IdentityEvent;
import io.customergraph.ingest.RecordType;
import io.customergraph.ingest.SourceRecord.ShopifyCustomerRecord;
import io.customergraph.ingest.SourceRecord.ShopifyOrderRecord;
import io.customergraph.ingest.SourceRecord.ShopifyOrderRecord.Item;
import io.customergraph.ingest.SourceRecord.ShopifyProductRecord;
import io.customergraph.ingest.SourceRecord.ShopifyRefundRecord;
import io.customergraph.integration.ProviderPrivacyRequest;
import io.customergraph.integration.ProviderPrivacyRequest.Shopper;
import io.customergraph.money.Money;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;

class ShopifyDeliveriesTest {

    private static final String SHOP = "acme.myshopify.com";
    private static final Instant TRIGGERED = Instant.parse("2026-03-01T10:00:00.877041743Z");

    /** As Shopify sends it, shortened by what nothing is made of. */
    static final String ORDER =
            """
            {"id": 9223372036854775807, "admin_graphql_api_id": "gid://shopify/Order/9223372036854775807",
             "name": "#1001", "order_number": 1001, "email": "Sara@Example.com", "phone": "+966501234567",
             "contact_email": "sara@example.com", "currency": "KWD", "presentment_currency": "USD",
             "created_at": "2026-02-28T23:30:00+03:00", "updated_at": "2026-03-01T09:59:59+03:00",
             "processed_at": "2026-02-28T23:30:01+03:00", "closed_at": null, "cancelled_at": "2026-03-01T08:00:00+03:00",
             "total_price": "199.655", "subtotal_price": "180.000", "total_tax": "19.655", "total_discounts": "0.000",
             "total_price_set": {"shop_money": {"amount": "199.655", "currency_code": "KWD"},
                                 "presentment_money": {"amount": "650.00", "currency_code": "USD"}},
             "financial_status": "partially_refunded", "fulfillment_status": "fulfilled",
             "landing_site": "/?utm=1", "referring_site": "https://example.com", "source_name": "web",
             "tags": "vip, أحمر, vip,  gift 🎁 ", "note_attributes": [{"name": "gift", "value": "yes"}],
             "customer": {"id": 706405506930370084, "first_name": "سارة", "last_name": "علي",
                          "email": "sara@example.com", "verified_email": true},
             "billing_address": {"first_name": "S", "country_code": "KW"},
             "line_items": [
               {"id": 487817672276298554, "product_id": 788032119674292922, "variant_id": 49148385, "title": "Lamp",
                "variant_title": "Red", "sku": "L-1", "vendor": "Acme", "quantity": 1, "price": "90.000", "total_discount": "0.000"},
               {"id": 976318377106520349, "product_id": null, "variant_id": null, "title": "Tip", "quantity": 1, "price": "5"},
               {"id": 487817672276298554, "title": "Lamp", "quantity": 2, "price": "90.000", "total_discount": "1.5"}],
             "refunds": [{"id": 509562969, "order_id": 9223372036854775807, "created_at": "2026-03-01T09:00:00+03:00",
               "processed_at": "2026-03-01T09:00:00+03:00", "transactions": [
                 {"id": 1, "kind": "refund", "status": "success", "amount": "10.005", "currency": "KWD"},
                 {"id": 2, "kind": "refund", "status": "pending", "amount": "99", "currency": "KWD"},
                 {"id": 3, "kind": "void", "status": "success", "amount": "99", "currency": "KWD"}]}]}
            """;

    private static Translation translate(String topic, String body) {
        return new ShopifyDeliveries()
                .translate(
                        new Delivery(
                                new UUID(0, 1),
                                new UUID(0, 2),
                                "shopify",
                                SHOP,
                                topic,
                                Map.of(),
                                body,
                                TRIGGERED.plusSeconds(5),
                                TRIGGERED));
    }

    private static Translation.Said said(String topic, String body) {
        assertThat(translate(topic, body)).isInstanceOf(Translation.Said.class);
        return (Translation.Said) translate(topic, body);
    }

    private static ShopifyOrderRecord order(String body) {
        return (ShopifyOrderRecord) said("orders/updated", body).records().getFirst();
    }

    private static String problem(String topic, String body) {
        Translation translation = translate(topic, body);
        assertThat(translation).isInstanceOf(Translation.Nothing.class);
        DeliveryOutcome outcome = ((Translation.Nothing) translation).outcome();
        assertThat(outcome).isInstanceOf(DeliveryOutcome.Unusable.class);
        return ((DeliveryOutcome.Unusable) outcome).code();
    }

    @Test
    void an_order_is_read_with_every_field() {
        ShopifyOrderRecord order = order(ORDER);

        assertThat(order.origin().externalId()).isEqualTo("9223372036854775807");
        assertThat(order.origin().account()).isEqualTo(SHOP);
        assertThat(order.origin().createdAt()).isEqualTo("2026-02-28T20:30:00Z");
        assertThat(order.origin().updatedAt())
                .isBetween(
                        Instant.parse("2026-03-01T06:59:59Z"),
                        Instant.parse("2026-03-01T07:00:00Z"));
        assertThat(order.orderNumber()).isEqualTo("#1001");
        assertThat(order.currency()).isEqualTo("KWD");
        assertThat(order.totalPrice()).isEqualByComparingTo("199.655");
        assertThat(order.subtotalPrice()).isEqualByComparingTo("180");
        assertThat(order.totalTax()).isEqualByComparingTo("19.655");
        assertThat(order.totalDiscounts()).isEqualByComparingTo("0");
        assertThat(order.totalRefunded()).isEqualByComparingTo("10.005");
        assertThat(order.financialStatus()).isEqualTo("partially_refunded");
        assertThat(order.fulfillmentStatus()).isEqualTo("fulfilled");
        assertThat(order.landingSite()).isEqualTo("/?utm=1");
        assertThat(order.referringSite()).isEqualTo("https://example.com");
        assertThat(order.sourceName()).isEqualTo("web");
        assertThat(order.tags()).containsExactly("vip", "أحمر", "gift 🎁");
        assertThat(order.processedAt()).isEqualTo("2026-02-28T20:30:01Z");
        assertThat(order.closedAt()).isNull();
        assertThat(order.cancelledAt()).isEqualTo("2026-03-01T05:00:00Z");
        assertThat(order.refunds())
                .singleElement()
                .satisfies(
                        refund -> {
                            assertThat(refund.shopifyRefundId()).isEqualTo(509562969);
                            assertThat(refund.currency()).isEqualTo("KWD");
                        });
    }

    @Test
    void who_ordered_is_the_customer_and_what_was_typed_at_the_checkout_is_claimed() {
        ShopifyOrderRecord order = order(ORDER);

        assertThat(order.person().externalId()).isEqualTo("706405506930370084");
        assertThat(order.person().firstName()).isEqualTo("سارة");
        assertThat(order.person().lastName()).isEqualTo("علي");
        assertThat(order.person().region()).isEqualTo("KW");
        assertThat(order.person().contactPoints())
                .containsExactly(
                        ContactPoint.email("Sara@Example.com", Assurance.CLAIMED),
                        ContactPoint.phone("+966501234567", Assurance.CLAIMED));
    }

    @Test
    void a_line_that_comes_twice_is_one_and_the_last_one_counts() {
        List<Item> items = order(ORDER).items();

        assertThat(items)
                .extracting(Item::shopifyLineItemId)
                .containsExactly(487817672276298554L, 976318377106520349L);
        assertThat(items.getFirst().quantity()).isEqualTo(2);
        assertThat(items.getFirst().totalDiscount()).isEqualByComparingTo("1.5");
        assertThat(items.getLast().shopifyProductId()).isNull();
    }

    @Test
    void an_order_needs_an_id_and_a_currency_and_no_more() {
        ShopifyOrderRecord order = order("{\"id\": 1, \"currency\": \"SAR\"}");

        assertThat(order.totalPrice()).isNull();
        assertThat(order.items()).isEmpty();
        assertThat(order.person().contactPoints()).isEmpty();
        assertThat(order.origin().updatedAt()).isEqualTo(TRIGGERED);
        assertThat(order.totalRefunded()).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    {"currency": "SAR"}                                     | INVALID_ID
                    {"id": null, "currency": "SAR"}                         | INVALID_ID
                    {"id": 0, "currency": "SAR"}                            | INVALID_ID
                    {"id": -4, "currency": "SAR"}                           | INVALID_ID
                    {"id": 1.5, "currency": "SAR"}                          | INVALID_ID
                    {"id": 9223372036854775808, "currency": "SAR"}          | INVALID_ID
                    {"id": {}, "currency": "SAR"}                           | INVALID_ID
                    {"id": 1}                                               | INVALID_CURRENCY
                    {"id": 1, "currency": "Riyal"}                          | INVALID_CURRENCY
                    {"id": 1, "currency": "SAR", "total_price": "-1.00"}    | INVALID_AMOUNT
                    {"id": 1, "currency": "SAR", "total_price": "1.00001"}  | INVALID_AMOUNT
                    {"id": 1, "currency": "SAR", "total_price": "1e4"}      | INVALID_AMOUNT
                    {"id": 1, "currency": "SAR", "total_price": "1,00"}     | INVALID_AMOUNT
                    {"id": 1, "currency": "SAR", "total_price": true}       | INVALID_AMOUNT
                    {"id": 1, "currency": "SAR", "total_price": "9999999999999999"} | INVALID_AMOUNT
                    {"id": 1, "currency": "SAR", "updated_at": "yesterday"} | INVALID_TIME
                    {"id": 1, "currency": "SAR", "updated_at": "2026-03-01T10:00:00"} | INVALID_TIME
                    []                                                      | NOT_JSON
                    {"id": 1                                                | NOT_JSON
                    """)
    void an_order_that_cannot_be_used_says_why(String body, String code) {
        assertThat(problem("orders/create", body)).isEqualTo(code);
    }

    @Test
    void what_is_wrong_in_what_may_be_missing_is_left_out() {
        ShopifyOrderRecord order =
                order(
                        """
                        {"id": "0017", "currency": "sar", "total_price": 12.50, "subtotal_price": "-1", "total_tax": "0.00001",
                         "total_discounts": [], "created_at": "never", "closed_at": 5, "tags": {}, "customer": "x", "email": {"a": 1},
                         "line_items": [null, 7, {}, {"id": 3}, {"id": 4, "quantity": -1}, {"id": 5, "quantity": 1, "price": "x"}],
                         "refunds": [{"id": 1, "created_at": "2026-03-01T09:00:00Z", "transactions": [
                             {"kind": "refund", "status": "success", "amount": "-5"}]}, 4]}
                        """);

        assertThat(order.origin().externalId()).isEqualTo("17");
        assertThat(order.currency()).isEqualTo("SAR");
        assertThat(order.totalPrice()).isEqualByComparingTo("12.5");
        assertThat(order.subtotalPrice()).isNull();
        assertThat(order.totalTax()).isNull();
        assertThat(order.totalDiscounts()).isNull();
        assertThat(order.closedAt()).isNull();
        assertThat(order.tags()).isEmpty();
        assertThat(order.person().contactPoints()).isEmpty();
        assertThat(order.items())
                .singleElement()
                .satisfies(
                        item -> {
                            assertThat(item.shopifyLineItemId()).isEqualTo(5);
                            assertThat(item.price()).isNull();
                        });
        assertThat(order.refunds()).isEmpty();
    }

    @Test
    void an_amount_in_the_shops_side_of_its_set_serves_where_the_field_is_missing() {
        ShopifyOrderRecord order =
                order(
                        """
                        {"id": 1, "total_price_set": {"shop_money": {"amount": "5.0000", "currency_code": "OMR"},
                                                      "presentment_money": {"amount": "9", "currency_code": "USD"}},
                         "total_tax_set": {"shop_money": {"amount": "9", "currency_code": "USD"}}}
                        """);

        assertThat(order.currency()).isEqualTo("OMR");
        assertThat(order.totalPrice()).isEqualByComparingTo("5");
        assertThat(order.totalTax()).as("of another currency").isNull();
    }

    @Test
    void of_two_versions_of_one_second_the_one_that_was_triggered_later_is_newer() {
        Instant first = updated(Instant.parse("2026-03-01T10:00:00.100Z"));
        Instant second = updated(Instant.parse("2026-03-01T10:00:00.900Z"));
        Instant third = updated(Instant.parse("2026-03-01T10:00:07Z"));

        assertThat(List.of(first, second, third)).isSorted();
        assertThat(first).isBefore(second).isAfter("2026-03-01T10:00:00Z");
        assertThat(third).isAfter(second).isBefore("2026-03-01T10:00:01Z");
        assertThat(updated(Instant.parse("2026-03-01T09:00:00Z")))
                .isEqualTo("2026-03-01T10:00:00Z");
    }

    private static Instant updated(Instant triggered) {
        Translation translation =
                new ShopifyDeliveries()
                        .translate(
                                new Delivery(
                                        new UUID(0, 1),
                                        new UUID(0, 2),
                                        "shopify",
                                        SHOP,
                                        "orders/paid",
                                        Map.of(),
                                        "{\"id\": 1, \"currency\": \"SAR\","
                                                + " \"updated_at\": \"2026-03-01T13:00:00+03:00\"}",
                                        triggered,
                                        triggered));
        return ((Translation.Said) translation).records().getFirst().origin().updatedAt();
    }

    @Test
    void a_customer_is_read_with_consents_and_a_verified_address() {
        ShopifyCustomerRecord customer =
                (ShopifyCustomerRecord)
                        said(
                                        "customers/update",
                                        """
                                        {"id": 706405506930370084, "email": "sara@example.com", "verified_email": true, "state": "enabled",
                                         "first_name": "Sara", "last_name": "Ali", "phone": null, "orders_count": 3, "total_spent": "199.65",
                                         "currency": "SAR", "tags": "", "created_at": "2026-01-01T00:00:00Z", "updated_at": "2026-03-01T00:00:00Z",
                                         "email_marketing_consent": {"state": "subscribed"}, "accepts_marketing": false,
                                         "sms_marketing_consent": {"state": "unsubscribed"},
                                         "default_address": {"phone": "0501234567", "country_code": "SA", "first_name": "Other"}}
                                        """)
                                .records()
                                .getFirst();

        assertThat(customer.verifiedEmail()).isTrue();
        assertThat(customer.acceptsMarketing()).isTrue();
        assertThat(customer.acceptsSms()).isFalse();
        assertThat(customer.ordersCount()).isEqualTo(3);
        assertThat(customer.totalSpent()).isEqualTo(new Money(new BigDecimal("199.65"), "SAR"));
        assertThat(customer.state()).isEqualTo("enabled");
        assertThat(customer.person().firstName()).isEqualTo("Sara");
        assertThat(customer.person().region()).isEqualTo("SA");
        assertThat(customer.person().contactPoints())
                .containsExactly(
                        ContactPoint.email("sara@example.com", Assurance.VERIFIED),
                        ContactPoint.phone("0501234567", Assurance.CLAIMED));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "null",
            textBlock =
                    """
                    "email_marketing_consent": {"state": "pending"}        | false
                    "email_marketing_consent": {"state": "not_subscribed"} | false
                    "accepts_marketing": true                              | true
                    "email_marketing_consent": null                        | null
                    """)
    void consent_is_what_was_confirmed(String consent, Boolean accepts) {
        ShopifyCustomerRecord customer =
                (ShopifyCustomerRecord)
                        said(
                                        "customers/create",
                                        "{\"id\": 1, \"email\": \"a@b.example\", " + consent + "}")
                                .records()
                                .getFirst();

        assertThat(customer.acceptsMarketing()).isEqualTo(accepts);
        assertThat(customer.person().contactPoints().getFirst().assurance())
                .isEqualTo(Assurance.CLAIMED);
        assertThat(customer.totalSpent()).isNull();
    }

    @Test
    void a_product_is_read_with_its_variants() {
        ShopifyProductRecord product =
                (ShopifyProductRecord)
                        said(
                                        "products/create",
                                        """
                                        {"id": 788032119674292922, "title": "مصباح", "handle": "lamp", "product_type": "Light", "vendor": "Acme",
                                         "status": "active", "tags": "red, new", "published_at": "2026-01-02T00:00:00Z",
                                         "created_at": "2026-01-01T00:00:00Z", "updated_at": "2026-03-01T00:00:00Z",
                                         "variants": [{"id": 1, "title": "Red", "sku": "L-1", "price": "10.00", "compare_at_price": "12.00"},
                                                      {"id": 2, "price": "-1"}, {"sku": "none"}, {"id": 1, "sku": "L-1b", "price": "11.00"}]}
                                        """)
                                .records()
                                .getFirst();

        assertThat(product.title()).isEqualTo("مصباح");
        assertThat(product.tags()).containsExactly("red", "new");
        assertThat(product.publishedAt()).isEqualTo("2026-01-02T00:00:00Z");
        assertThat(product.variants()).hasSize(2);
        assertThat(product.variants().getFirst().sku()).isEqualTo("L-1b");
        assertThat(product.variants().getFirst().price()).isEqualByComparingTo("11");
        assertThat(product.variants().getLast().price()).isNull();
    }

    @Test
    void a_refund_is_the_sum_of_what_arrived() {
        ShopifyRefundRecord refund =
                (ShopifyRefundRecord)
                        said(
                                        "refunds/create",
                                        """
                                        {"id": 890088186047892319, "order_id": 820982911946154508, "created_at": "2026-03-01T09:00:00+03:00",
                                         "transactions": [
                                           {"kind": "refund", "status": "success", "amount": "10.50", "currency": "SAR"},
                                           {"kind": "refund", "status": "success", "amount": "1.25", "currency": "SAR",
                                            "processed_at": "2026-03-01T09:00:05+03:00"},
                                           {"kind": "refund", "status": "failure", "amount": "99.00", "currency": "SAR"}]}
                                        """)
                                .records()
                                .getFirst();

        assertThat(refund.shopifyOrderId()).isEqualTo(820982911946154508L);
        assertThat(refund.amount()).isEqualByComparingTo("11.75");
        assertThat(refund.currency()).isEqualTo("SAR");
        assertThat(refund.origin().updatedAt()).isEqualTo("2026-03-01T06:00:05Z");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    {"id": 1} | INVALID_ID
                    {"order_id": 1} | INVALID_ID
                    {"id": 1, "order_id": 1, "transactions": [{"kind": "refund", "status": "success", "amount": "1"}]} | INVALID_CURRENCY
                    {"id": 1, "order_id": 1, "transactions": [{"kind": "refund", "status": "success", "amount": "-1", "currency": "SAR"}]} | INVALID_AMOUNT
                    {"id": 1, "order_id": 1, "transactions": [{"kind": "refund", "status": "success", "amount": "1", "currency": "SAR"}, {"kind": "refund", "status": "success", "amount": "1", "currency": "USD"}]} | MIXED_CURRENCIES
                    """)
    void a_refund_that_cannot_be_used_says_why(String body, String code) {
        assertThat(problem("refunds/create", body)).isEqualTo(code);
    }

    @ParameterizedTest
    @CsvSource({
        "orders/delete, SHOPIFY_ORDER",
        "customers/delete, SHOPIFY_CUSTOMER",
        "products/delete, SHOPIFY_PRODUCT"
    })
    void what_is_deleted_is_so_for_ever_from_when_it_was_triggered(String topic, RecordType type) {
        assertThat(said(topic, "{\"id\": 820982911946154508}").deletions())
                .containsExactly(
                        new DeletedRecord(
                                type,
                                "shopify",
                                SHOP,
                                "820982911946154508",
                                TRIGGERED,
                                true,
                                null));
        assertThat(problem(topic, "{}")).isEqualTo("INVALID_ID");
    }

    @Test
    void a_merge_is_one_of_the_people_and_the_other_customer_is_gone() {
        Translation.Said said =
                said(
                        "customers/merge",
                        """
                        {"admin_graphql_api_customer_kept_id": "gid://shopify/Customer/51",
                         "admin_graphql_api_customer_deleted_id": "gid://shopify/Customer/52",
                         "admin_graphql_api_job_id": null, "status": "completed", "errors": []}
                        """);

        assertThat(said.identityEvents())
                .containsExactly(
                        new IdentityEvent.Merged(
                                "shopify",
                                TRIGGERED,
                                new IdentifierKey(IdentifierKind.SHOPIFY_CUSTOMER_ID, SHOP, "51"),
                                new IdentifierKey(IdentifierKind.SHOPIFY_CUSTOMER_ID, SHOP, "52")));
        assertThat(said.deletions()).extracting(DeletedRecord::replacedBy).containsExactly("51");
        assertThat(problem("customers/merge", "{}")).isEqualTo("INVALID_ID");
        assertThat(translate("customers/merge", "{\"status\": \"failed\"}"))
                .isInstanceOf(Translation.Nothing.class);
    }

    @Test
    void that_the_app_was_taken_out_is_told_with_its_time() {
        assertThat(translate("app/uninstalled", "{\"id\": 1}"))
                .isEqualTo(new Translation.Uninstalled(TRIGGERED));
    }

    @Test
    void what_people_may_ask_for_is_told_with_whom_it_is_about() {
        String body =
                """
                {"shop_domain": "acme.myshopify.com",
                 "customer": {"id": 191167, "email": "john@example.com", "phone": "555-625-1199"},
                 "%s": [299938, "280263", "x", null, {}], "data_request": {"id": 9999}}
                """;
        Shopper shopper =
                new Shopper(191167, List.of(299938L, 280263L), "john@example.com", "555-625-1199");

        assertThat(translate("customers/data_request", body.formatted("orders_requested")))
                .isEqualTo(
                        new Translation.Privacy(
                                new ProviderPrivacyRequest.Export(shopper, "9999"), TRIGGERED));
        assertThat(translate("customers/redact", body.formatted("orders_to_redact")))
                .isEqualTo(
                        new Translation.Privacy(
                                new ProviderPrivacyRequest.EraseShopper(shopper), TRIGGERED));
        assertThat(translate("shop/redact", "{\"shop_domain\": \"acme.myshopify.com\"}"))
                .isEqualTo(
                        new Translation.Privacy(
                                new ProviderPrivacyRequest.EraseAccount(), TRIGGERED));
    }

    @ParameterizedTest
    @ValueSource(strings = {"customers/data_request", "customers/redact"})
    void a_privacy_request_that_names_nobody_waits_for_a_person(String topic) {
        assertThat(problem(topic, "{\"shop_domain\": \"acme.myshopify.com\"}"))
                .isEqualTo("INVALID_ID");
    }

    @ParameterizedTest
    @ValueSource(strings = {"customers/data_request", "customers/redact", "shop/redact"})
    void nothing_is_forgotten_for_another_shop(String topic) {
        String customer = "\"customer\": {\"id\": 191167}}";

        assertThat(problem(topic, "{" + customer)).isEqualTo("OTHER_SHOP");
        assertThat(problem(topic, "{\"shop_domain\": \"b.myshopify.com\", " + customer))
                .isEqualTo("OTHER_SHOP");
    }

    @ParameterizedTest
    @ValueSource(strings = {"KWT", "XXX", "ZZZ", "XAU", "sa", "\u0661"})
    void a_currency_that_is_none_is_no_revenue(String currency) {
        assertThat(problem("orders/create", ORDER.replace("\"KWD\"", "\"" + currency + "\"")))
                .isEqualTo("INVALID_CURRENCY");
    }

    @Test
    void a_transaction_that_a_refund_tells_twice_counts_once() {
        String transaction =
                "{\"id\": 1, \"kind\": \"refund\", \"status\": \"success\", \"amount\": \"2.000\","
                        + " \"currency\": \"KWD\"}";
        Translation.Said said =
                (Translation.Said)
                        translate(
                                "refunds/create",
                                "{\"id\": 9, \"order_id\": 1, \"created_at\":"
                                        + " \"2026-06-01T10:00:00Z\","
                                        + " \"transactions\": [%1$s, %1$s]}"
                                                .formatted(transaction));

        assertThat(((ShopifyRefundRecord) said.records().getFirst()).amount())
                .isEqualByComparingTo("2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"fulfillments/create", "orders/edited", "bulk_operations/finish"})
    void what_nobody_follows_is_ignored(String topic) {
        assertThat(((Translation.Nothing) translate(topic, "{\"id\": 1}")).outcome())
                .isInstanceOf(DeliveryOutcome.Ignored.class);
    }

    @Test
    void nothing_that_can_be_sent_is_an_exception() {
        Random random = new Random(7);
        List<String> topics =
                List.of(
                        "orders/create",
                        "customers/update",
                        "products/update",
                        "refunds/create",
                        "customers/merge",
                        "orders/delete");
        List<String> values =
                List.of(
                        "null",
                        "{}",
                        "[]",
                        "[[]]",
                        "\"\"",
                        "\"\\u0000\"",
                        "\"\\ud800\"",
                        "1e999",
                        "1e9999999999",
                        "-0",
                        "true",
                        "123456789012345678901234567890");
        for (int n = 0; n < 3_000; n++) {
            String[] parts = ORDER.split(": ", -1);
            int at = 1 + random.nextInt(parts.length - 1);
            int end = parts[at].indexOf(',');
            parts[at] =
                    values.get(random.nextInt(values.size()))
                            + (end < 0 ? "" : parts[at].substring(end));
            assertThat(translate(topics.get(n % topics.size()), String.join(": ", parts)))
                    .isNotNull();
        }
    }
}
