package io.customergraph.application;

import io.customergraph.provider.sync.HistorySync;
import io.customergraph.tenant.Scope;
import io.customergraph.tenant.TenantContext;
import io.customergraph.tenant.TenantId;
import io.customergraph.testing.TestDatabase;

import org.springframework.graphql.test.tester.GraphQlTester;
import org.springframework.graphql.test.tester.GraphQlTester.Response;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A connected shop of a tenant, whose history is read. */
record ReadShop(Provider provider, TenantId tenant, HistorySync histories) {

    static final Map<String, String> BY_PAGES = Map.of("first_read", "pages");
    static final Map<String, String> BY_REST = Map.of("admin_api", "rest");
    static final Map<String, String> BY_BULK = Map.of();

    static ReadShop connected(
            int port, TenantId tenant, HistorySync histories, Map<String, String> settings) {
        Map<String, String> form = new HashMap<>(settings);
        form.put("shop", "acme.myshopify.com");
        form.put("access_token", "shpat_0123456789abcdef0123456789abcdef");
        return new ReadShop(Provider.connected(port, tenant, "shopify", form), tenant, histories);
    }

    /** Reads what is due, once for each sort. */
    void work() {
        histories.work().contextWrite(TenantContext.of(tenant)).block();
    }

    void waitIsOver() {
        TestDatabase.shared()
                .owner()
                .update(
                        """
                        UPDATE integration_syncs
                        SET next_at = now(), claimed_by = NULL, claimed_until = NULL
                        WHERE tenant_id = ?
                        """,
                        tenant.value());
    }

    /** Reads until the whole history is here. */
    void workToTheEnd() {
        for (int round = 0; round < 30 && (round == 0 || isUnderWay()); round++) {
            waitIsOver();
            work();
        }
    }

    private boolean isUnderWay() {
        return number(
                        """
                        SELECT count(*) FROM integration_syncs
                        WHERE tenant_id = ? AND covered_until IS NULL
                        """)
                > 0;
    }

    List<String> rows(String sql) {
        return TestDatabase.shared().owner().queryForList(sql, String.class, tenant.value());
    }

    long number(String sql) {
        return Objects.requireNonNull(
                TestDatabase.shared().owner().queryForObject(sql, Long.class, tenant.value()));
    }

    long orders() {
        return number("SELECT count(*) FROM shopify_orders WHERE tenant_id = ?");
    }

    /** What is told of the reading of a sort. */
    GraphQlTester.Path sync(String resource) {
        return sync(resource, "");
    }

    /** When a sort is read again. */
    Instant nextAt(String resource) {
        return sync(resource, ".nextAt").entity(Instant.class).get();
    }

    private GraphQlTester.Path sync(String resource, String path) {
        int place = List.of("customers", "orders", "products").indexOf(resource);
        return client(tenant)
                .document(
                        """
                        query ($id: ID!) { node(id: $id) { ... on IntegrationConnection {
                          syncs { resource status records rejected problem coveredUntil
                                  rejections { id reason } nextAt } } } }
                        """)
                .variable("id", provider.globalId())
                .execute()
                .path("node.syncs[" + place + "]" + path);
    }

    private GraphQlTester client(TenantId of) {
        return TestKeys.client(
                provider.port(), of, Scope.INTEGRATIONS_READ, Scope.INTEGRATIONS_WRITE);
    }

    /** Asks for another pass. */
    Response request(TenantId of, boolean isFull) {
        return client(of)
                .document(
                        """
                        mutation ($input: SyncIntegrationInput!) { syncIntegration(input: $input) {
                          connection { id } userErrors { code field message } } }
                        """)
                .variable("input", Map.of("id", provider.globalId(), "isFull", isFull))
                .execute();
    }

    /** Everything that was kept, without what differs each time. */
    List<String> everything() {
        List<String> all =
                new ArrayList<>(
                        rows(
                                """
                                SELECT concat_ws(' ', shopify_order_id, shopify_customer_id, order_number, email, customer_name,
                                       total_price, subtotal_price, total_tax, total_discounts, total_refunded, currency,
                                       financial_status, fulfillment_status, landing_site, referring_site, source_name, tags,
                                       created_at, updated_at, processed_at)
                                FROM shopify_orders WHERE tenant_id = ? ORDER BY shopify_order_id
                                """));
        all.addAll(
                rows(
                        """
                        SELECT concat_ws(' ', shopify_line_item_id, shopify_product_id, shopify_variant_id, product_id IS NULL,
                               title, variant_title, sku, vendor, quantity, price, total_discount, currency, position)
                        FROM shopify_order_items WHERE tenant_id = ? ORDER BY shopify_line_item_id
                        """));
        all.addAll(
                rows(
                        """
                        SELECT concat_ws(' ', shopify_refund_id, shopify_order_id, amount, currency, created_at)
                        FROM shopify_refunds WHERE tenant_id = ? ORDER BY shopify_refund_id
                        """));
        all.addAll(
                rows(
                        """
                        SELECT concat_ws(' ', shopify_customer_id, email, first_name, last_name, phone, verified_email,
                               accepts_marketing, orders_count, total_spent, currency, state, tags, created_at, updated_at)
                        FROM shopify_customers WHERE tenant_id = ? ORDER BY shopify_customer_id
                        """));
        all.addAll(
                rows(
                        """
                        SELECT concat_ws(' ', shopify_product_id, title, handle, product_type, status, vendor, tags,
                               published_at, created_at, updated_at)
                        FROM shopify_products WHERE tenant_id = ? ORDER BY shopify_product_id
                        """));
        all.addAll(
                rows(
                        """
                        SELECT concat_ws(' ', shopify_variant_id, title, sku, price, compare_at_price, created_at, updated_at)
                        FROM shopify_product_variants WHERE tenant_id = ? ORDER BY shopify_variant_id
                        """));
        return all;
    }
}
