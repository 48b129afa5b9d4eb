package io.customergraph.application;

import static org.assertj.core.api.Assertions.assertThat;

import io.customergraph.application.Shop.Webhook;
import io.customergraph.delivery.DeliveryQueue;
import io.customergraph.tenant.Scope;
import io.customergraph.tenant.TenantId;
import io.customergraph.testing.TestDatabase;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** From Shopify's signed webhooks to the graph. */
@CustomerGraphTest
@SuppressWarnings("NullAway.Init") // Spring sets the fields.
class FromShopifyToCustomerTest {

    private static final String ORDER =
            """
            {"id": 9223372036854775806, "name": "#1001", "email": "layla@example.com", "currency": "SAR", "total_price": "100.00",
             "created_at": "2026-03-01T10:00:00+03:00", "updated_at": "%s", "financial_status": "%s",
             "customer": {"id": 706405506930370084, "first_name": "Layla", "last_name": "Haddad"},
             "line_items": [{"id": 11, "product_id": 788032119674292922, "variant_id": 5, "title": "Lamp", "quantity": 1,
                             "price": "100.00"}],
             "cancelled_at": null, "refunds": [%s]}
            """;
    private static final String PRODUCT =
            """
            {"id": 788032119674292922, "title": "%s", "created_at": "2026-01-01T00:00:00Z", "updated_at": "%s",
             "variants": [{"id": 5, "sku": "L-1", "price": "100.00"}]}
            """;
    private static final String OTHER_ORDER =
            """
            {"id": 77, "name": "#1002", "email": "layla@example.com", "currency": "SAR", "total_price": "55.00",
             "created_at": "2026-03-01T10:00:00+03:00", "updated_at": "2026-03-01T10:00:0%d+03:00", "financial_status": "paid"}
            """;

    private static final List<Webhook> STORY =
            List.of(
                    profile("2026-02-01T10:00:00+03:00"),
                    new Webhook(
                            "products/create",
                            "2026-01-01T00:00:01Z",
                            PRODUCT.formatted("Lamp", "2026-01-01T00:00:00Z")),
                    order("create", "10:00:00.2", "2026-03-01T10:00:00+03:00", "pending", ""),
                    order("paid", "10:00:00.7", "2026-03-01T10:00:00+03:00", "paid", ""),
                    other("create", 1),
                    profile("2026-03-01T10:00:05+03:00"),
                    new Webhook("refunds/create", "2026-03-02T07:00:01Z", refund(1, "30.00")),
                    order(
                            "updated",
                            "23:00:00",
                            "2026-03-02T10:00:02+03:00",
                            "partially_refunded",
                            refund(1, "30.00")),
                    other("updated", 2),
                    new Webhook("refunds/create", "2026-03-03T07:00:01Z", refund(2, "12.50")),
                    new Webhook("orders/delete", "2026-03-03T08:00:00Z", "{\"id\": 77}"),
                    new Webhook(
                            "products/update",
                            "2026-03-04T00:00:01Z",
                            PRODUCT.formatted("Lamp, red", "2026-03-04T00:00:00Z")));

    private final TenantId tenant = TestDatabase.shared().newTenant();

    @Value("${local.server.port}")
    private int port;

    @Autowired private DeliveryQueue queue;

    private static Webhook profile(String updated) {
        return new Webhook(
                "customers/update",
                "2026-03-05T00:00:00Z",
                """
                {"id": 706405506930370084, "email": "layla@example.com", "verified_email": true, "state": "enabled",
                 "first_name": "Layla", "last_name": "Haddad", "currency": "SAR", "total_spent": "100.00", "orders_count": 1,
                 "created_at": "2026-02-01T10:00:00+03:00", "updated_at": "%s", "tags": "vip",
                 "email_marketing_consent": {"state": "subscribed"}}
                """
                        .formatted(updated));
    }

    private static Webhook order(
            String topic, String time, String updated, String status, String refunds) {
        return new Webhook(
                "orders/" + topic,
                "2026-03-01T" + time + "+03:00",
                ORDER.formatted(updated, status, refunds));
    }

    private static Webhook other(String topic, int second) {
        return new Webhook(
                "orders/" + topic, "2026-03-01T07:00:09Z", OTHER_ORDER.formatted(second));
    }

    private static String refund(int id, String amount) {
        return """
        {"id": %s, "order_id": 9223372036854775806, "created_at": "2026-03-02T10:00:00+03:00",
         "transactions": [{"kind": "refund", "status": "success", "amount": "%s", "currency": "SAR"}]}
        """
                .formatted(id, amount);
    }

    private Shop shop(TenantId of) {
        return Shop.connected(port, of, queue);
    }

    private Shop told(List<Webhook> story, TenantId of, Random random) {
        Shop shop = shop(of);
        for (Webhook webhook : story) {
            assertThat(shop.send(webhook)).isEqualTo(200);
            if (random.nextInt(4) == 0) {
                shop.apply();
            }
        }
        shop.apply();
        assertThat(shop.statuses()).containsOnly("processed");
        return shop;
    }

    @Test
    void a_shops_story_is_in_the_graph() {
        told(STORY, tenant, new Random(1));

        TestKeys.client(port, tenant, Scope.CUSTOMERS_READ)
                .document(
                        """
                        { customers(first: 5) { totalCount nodes { displayName email
                            stats { totalOrders lifetimeValue { amount currency } }
                            shopifyCustomers(first: 5) { nodes { shopifyCustomerId acceptsMarketing tags totalSpent { amount } } }
                            orders(first: 5) { totalCount nodes {
                              shopifyOrderId orderNumber financialStatus totalPrice { amount currency } totalRefunded { amount }
                              shopifyCustomer { email }
                              refunds(first: 5) { totalCount nodes { shopifyRefundId amount { amount } order { orderNumber } } }
                              items(first: 5) { nodes { quantity product { title } variant { price { amount currency } } } } } }
                        } } }
                        """)
                .execute()
                .path("customers")
                .matchesJson(
                        """
                        {"totalCount": 1, "nodes": [{
                          "displayName": "Layla Haddad", "email": "layla@example.com",
                          "stats": {"totalOrders": 1, "lifetimeValue": [{"amount": "57.50", "currency": "SAR"}]},
                          "shopifyCustomers": {"nodes": [{"shopifyCustomerId": "706405506930370084", "acceptsMarketing": true,
                                                          "tags": ["vip"], "totalSpent": {"amount": "100.00"}}]},
                          "orders": {"totalCount": 1, "nodes": [{
                            "shopifyOrderId": "9223372036854775806", "orderNumber": "#1001",
                            "financialStatus": "partially_refunded", "totalPrice": {"amount": "100.00", "currency": "SAR"},
                            "totalRefunded": {"amount": "42.50"}, "shopifyCustomer": {"email": "layla@example.com"},
                            "refunds": {"totalCount": 2, "nodes": [
                              {"shopifyRefundId": "2", "amount": {"amount": "12.50"}, "order": {"orderNumber": "#1001"}},
                              {"shopifyRefundId": "1", "amount": {"amount": "30.00"}, "order": {"orderNumber": "#1001"}}]},
                            "items": {"nodes": [{"quantity": 1, "product": {"title": "Lamp, red"},
                                                 "variant": {"price": {"amount": "100.00", "currency": "SAR"}}}]}}]}}]}
                        """);
    }

    private static final String ROWS =
            """
            SELECT text FROM (
                SELECT tenant_id, concat_ws('|', 'customer', email, first_name, last_name, total_orders, status,
                           last_contact_at) AS text
                FROM customers WHERE email IS NOT NULL
                UNION ALL
                SELECT tenant_id, concat_ws('|', 'value', currency, amount) FROM customer_lifetime_values
                WHERE amount <> 0
                UNION ALL
                SELECT tenant_id, concat_ws('|', kind, scope, value, assurance) FROM customer_identifiers
                WHERE valid_to IS NULL
                UNION ALL
                SELECT tenant_id, concat_ws('|', 'consent', channel, state, recorded_at) FROM customer_consents
                UNION ALL
                SELECT tenant_id, concat_ws('|', record_type, external_id, deleted_at) FROM record_tombstones
                UNION ALL
                SELECT tenant_id, (to_jsonb(r) - '{id,tenant_id,customer_id,ingested_at}'::text[])::text
                FROM shopify_customers r
                UNION ALL
                SELECT tenant_id, (to_jsonb(r) - '{id,tenant_id,customer_id,ingested_at}'::text[])::text
                FROM shopify_orders r
                UNION ALL
                SELECT tenant_id, (to_jsonb(r) - '{id,tenant_id,order_id,product_id,variant_id}'::text[])::text
                           || (product_id IS NOT NULL) || (variant_id IS NOT NULL)
                FROM shopify_order_items r
                UNION ALL
                SELECT tenant_id, (to_jsonb(r) - '{id,tenant_id,content_hash,ingested_at}'::text[])::text
                FROM shopify_refunds r
                UNION ALL
                SELECT tenant_id, (to_jsonb(r) - '{id,tenant_id,ingested_at}'::text[])::text FROM shopify_products r
                UNION ALL
                SELECT tenant_id, (to_jsonb(r) - '{id,tenant_id,product_id,ingested_at}'::text[])::text
                FROM shopify_product_variants r) AS rows
            WHERE tenant_id = ? ORDER BY text COLLATE "C"
            """;

    @Test
    void any_order_and_any_number_of_deliveries_end_in_the_same_rows() {
        List<String> expected =
                told(STORY, TestDatabase.shared().newTenant(), new Random(0)).rows(ROWS);
        assertThat(expected).hasSize(13);

        for (long seed = 1; seed <= 3; seed++) {
            Random random = new Random(seed);
            List<Webhook> shuffled = new ArrayList<>(STORY);
            for (int n = 0; n < STORY.size() / 2; n++) {
                shuffled.add(STORY.get(random.nextInt(STORY.size())));
            }
            Collections.shuffle(shuffled, random);

            assertThat(told(shuffled, TestDatabase.shared().newTenant(), random).rows(ROWS))
                    .as("seed %d", seed)
                    .isEqualTo(expected);
        }
    }

    @Test
    void a_cancelled_order_counts_nothing_and_keeps_when() {
        Shop shop = shop(tenant);
        shop.deliverAndApply(
                "orders/paid",
                "2026-03-01T07:00:01Z",
                ORDER.formatted("2026-03-01T10:00:00+03:00", "paid", ""));
        shop.deliverAndApply(
                "orders/cancelled",
                "2026-03-01T07:00:05Z",
                ORDER.formatted("2026-03-01T10:00:04+03:00", "paid", "")
                        .replace(
                                "\"cancelled_at\": null",
                                "\"cancelled_at\": \"2026-03-01T10:00:04+03:00\""));

        assertThat(
                        shop.rows(
                                "SELECT (cancelled_at = '2026-03-01T07:00:04Z') || ' ' || v.amount"
                                        + " FROM shopify_orders o JOIN customer_lifetime_values v"
                                        + " USING (tenant_id, customer_id) WHERE o.tenant_id = ?"))
                .containsExactly("true 0.0000");
    }

    @Test
    void texts_of_any_sort_and_broken_bodies_stop_nothing() {
        Shop shop = shop(tenant);
        shop.deliver(
                "orders/create", "2026-03-01T07:00:00Z", "{\"id\": 1, \"total_price\": \"1\"}");
        shop.deliver(
                "products/create",
                "2026-03-01T07:00:00Z",
                "{\"id\": 1, \"title\": \"مصباح 🪔 \\u0000\\ud83d x\", \"vendor\":"
                        + " \"\\u202eabc\"}");
        shop.deliver("orders/create", "2026-03-01T07:00:00Z", "[1]");
        shop.deliver("customers/data", "2026-03-01T07:00:00Z", "{}");
        shop.apply();

        assertThat(shop.statuses())
                .containsExactly(
                        "dead INVALID_CURRENCY", "processed", "dead NOT_JSON", "ignored IGNORED");
        assertThat(
                        shop.rows(
                                "SELECT title || '|' || vendor FROM shopify_products WHERE"
                                        + " tenant_id = ?"))
                .singleElement()
                .satisfies(text -> assertThat(text).startsWith("مصباح 🪔 ").endsWith("|\u202eabc"));
    }

    @Test
    void customers_that_the_shop_merged_are_one_person_and_the_orders_follow() {
        Shop shop = shop(tenant);
        shop.deliver("customers/create", "2026-03-01T07:00:00Z", person(51, "layla@example.com"));
        shop.deliver("customers/create", "2026-03-01T07:00:00Z", person(52, "layla.h@example.com"));
        shop.deliver(
                "orders/create",
                "2026-03-01T07:00:00Z",
                "{\"id\": 9, \"currency\": \"SAR\", \"email\": \"layla.h@example.com\","
                        + " \"customer\": {\"id\": 52, \"first_name\": \"Layla\", \"last_name\":"
                        + " \"Haddad\"}}");
        shop.deliver(
                "customers/merge",
                "2026-03-02T07:00:00Z",
                """
                {"admin_graphql_api_customer_kept_id": "gid://shopify/Customer/51",
                 "admin_graphql_api_customer_deleted_id": "gid://shopify/Customer/52",
                 "admin_graphql_api_job_id": null, "status": "completed", "errors": []}
                """);
        shop.deliver("customers/update", "2026-03-01T07:00:00Z", person(52, "layla.h@example.com"));
        shop.apply();

        assertThat(shop.statuses()).hasSize(5).containsOnly("processed");
        assertThat(
                        shop.rows(
                                "SELECT shopify_customer_id::text FROM shopify_customers WHERE"
                                        + " tenant_id = ?"))
                .containsExactly("51");
        assertThat(
                        shop.rows(
                                "SELECT shopify_customer_id::text FROM shopify_orders WHERE"
                                        + " tenant_id = ?"))
                .containsExactly("51");
        assertThat(shop.rows("SELECT reason FROM match_candidates WHERE tenant_id = ?"))
                .containsExactly("source_merge");
    }

    private static String person(int id, String email) {
        return """
        {"id": %d, "email": "%s", "verified_email": true, "first_name": "Layla", "last_name": "Haddad",
         "updated_at": "2026-03-01T07:00:00Z"}
        """
                .formatted(id, email);
    }

    @Test
    void who_takes_the_app_out_leaves_no_token_and_what_was_on_its_way_is_applied() {
        Shop shop = shop(tenant);
        String now = Instant.now().plusSeconds(60).toString();
        shop.deliver("app/uninstalled", now, "{\"id\": 1, \"domain\": \"acme.myshopify.com\"}");
        shop.deliver("orders/create", now, OTHER_ORDER.formatted(1));
        shop.apply();

        TestKeys.client(port, tenant, Scope.INTEGRATIONS_READ)
                .document(
                        """
                        { integrationConnections(first: 5) { nodes {
                            status health credentials { field } } } }
                        """)
                .execute()
                .path("integrationConnections.nodes[0]")
                .matchesJson(
                        """
                        {"status": "UNINSTALLED", "health": "FAILING",
                         "credentials": [{"field": "client_secret"}]}
                        """);
        assertThat(shop.rows("SELECT order_number FROM shopify_orders WHERE tenant_id = ?"))
                .containsExactly("#1002");
        assertThat(
                        shop.rows(
                                "SELECT actor FROM audit_log WHERE tenant_id = ? AND action ="
                                        + " 'uninstallIntegration'"))
                .containsExactly("provider:shopify");
        shop.deliverAndApply("orders/create", now, OTHER_ORDER.formatted(2));
        assertThat(shop.statuses()).as("it is still heard").hasSize(3).containsOnly("processed");
    }

    @Test
    void an_old_uninstallation_does_not_end_a_later_consent() {
        Shop shop = shop(tenant);
        shop.deliverAndApply("app/uninstalled", "2026-03-01T07:00:00Z", "{\"id\": 1}");

        assertThat(shop.rows("SELECT status FROM integration_connections WHERE tenant_id = ?"))
                .containsExactly("active");
        assertThat(
                        shop.rows(
                                "SELECT field FROM integration_secrets WHERE tenant_id = ? ORDER BY"
                                        + " 1"))
                .containsExactly("access_token", "client_secret");
    }
}
