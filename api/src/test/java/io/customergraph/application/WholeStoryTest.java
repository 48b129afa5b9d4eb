package io.customergraph.application;

import static org.assertj.core.api.Assertions.assertThat;

import io.customergraph.delivery.DeliveryQueue;
import io.customergraph.provider.sync.HistorySync;
import io.customergraph.provider.sync.Reconciler;
import io.customergraph.tenant.Scope;
import io.customergraph.tenant.TenantContext;
import io.customergraph.tenant.TenantId;
import io.customergraph.testing.TestDatabase;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.graphql.test.tester.HttpGraphQlTester;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;

/**
 * A new tenant with a shop, a helpdesk and a payment provider: the whole history arrives, stays
 * current, is the same as at the sources, and one person in all three is one customer.
 */
@CustomerGraphTest
@SuppressWarnings("NullAway.Init") // Spring sets the fields.
class WholeStoryTest {

    private static final Instant SPRING = Instant.parse("2026-03-01T10:00:00Z");
    private static final int PEOPLE = 5;
    private static final ShopifyDouble SHOP = new ShopifyDouble();
    private static final HelpdeskDouble HELPDESK = new HelpdeskDouble();
    private static final String TOKEN = "0123456789abcdef0123";
    private static final String PAYMENT =
            """
            {"id": "65e1f0aa0c5b4a439f5e2d60", "external_id": "1013", "payment_method": "EWALLET", "status": "PAID",
             "amount": 150000, "paid_amount": 150000, "paid_at": "2026-03-01T05:01:02.345Z", "currency": "IDR",
             "payer_email": "person.1@example.com", "created": "2026-03-01T05:00:00.000Z",
             "updated": "2026-03-01T05:01:03.000Z"}
            """;

    private final TenantId tenant = TestDatabase.shared().newTenant();

    @Value("${local.server.port}")
    private int port;

    @Autowired private HistorySync histories;
    @Autowired private Reconciler reconciler;
    @Autowired private DeliveryQueue queue;

    @DynamicPropertySource
    static void the_sources_are_here(DynamicPropertyRegistry properties) {
        properties.add("customergraph.integrations.allow-loopback", () -> "true");
        properties.add("customergraph.integrations.base-urls.shopify", SHOP::baseUrl);
        properties.add("customergraph.integrations.base-urls.freshdesk", HELPDESK::baseUrl);
    }

    @BeforeEach
    void a_history_that_is_there_already() {
        SHOP.forget();
        HELPDESK.forget();
        for (int n = 1; n <= PEOPLE; n++) {
            Instant at = SPRING.plusSeconds(n);
            SHOP.put("customers", ShopifyGoods.customer(n, at));
            SHOP.put("products", ShopifyGoods.product(n, at, 2));
            SHOP.put("orders", ShopifyGoods.order(n, at, n, 2, "paid"));
            HELPDESK.has(
                    n,
                    at,
                    "Lamp " + n,
                    "{\"id\": %d, \"email\": \"person.%d@example.com\"}".formatted(500 + n, n));
            HELPDESK.knows(
                    500 + n,
                    at,
                    "\"email\": \"person.%d@example.com\", \"active\": true, \"created_at\": \"2026-01-01T08:00:00Z\""
                            .formatted(n));
        }
    }

    private HttpGraphQlTester client() {
        return TestKeys.client(
                port,
                tenant,
                Scope.CUSTOMERS_READ,
                Scope.INTEGRATIONS_READ,
                Scope.INTEGRATIONS_WRITE);
    }

    private void read() {
        for (int round = 0; round < 10; round++) {
            update("UPDATE integration_syncs SET next_at = now() WHERE tenant_id = ?");
            histories.work().contextWrite(TenantContext.of(tenant)).block();
        }
    }

    private void update(String sql) {
        TestDatabase.shared().owner().update(sql, tenant.value());
    }

    private void assertSame(Provider source) {
        String id =
                client().document(
                                """
                                mutation ($input: StartReconciliationInput!) { startReconciliation(input: $input) {
                                  reconciliation { id } userErrors { message } } }
                                """)
                        .variable("input", Map.of("connectionId", source.globalId()))
                        .execute()
                        .path("startReconciliation.reconciliation.id")
                        .entity(String.class)
                        .get();
        for (int round = 0; round < 10; round++) {
            update("UPDATE reconciliations SET next_at = now() WHERE tenant_id = ?");
            reconciler.work().contextWrite(TenantContext.of(tenant)).block();
        }
        client().document(
                        """
                        query ($id: ID!) { reconciliation(id: $id) { status isSame problem unreadable
                          entities { type sourceCount count sourceChecksum checksum differences }
                          differences(first: 10) { nodes { type externalId kind } } } }
                        """)
                .variable("id", id)
                .execute()
                .path("reconciliation")
                .matchesJson(
                        "{\"status\": \"FINISHED\", \"isSame\": true, \"problem\": null,"
                                + " \"unreadable\": 0}")
                .path("reconciliation.entities[*].differences")
                .entityList(Integer.class)
                .satisfies(all -> assertThat(all).isNotEmpty().containsOnly(0));
    }

    @Test
    void everything_arrives_stays_current_and_is_the_same_as_at_its_sources() {
        Shop shop = Shop.connected(port, tenant, queue, ReadShop.BY_PAGES);
        Provider helpdesk =
                Provider.connected(
                        port,
                        tenant,
                        "freshdesk",
                        Map.of(
                                "domain",
                                "acme.freshdesk.com",
                                "api_key",
                                "Qm9uZXRlcmljLWtleQ",
                                "webhook_secret",
                                TOKEN));
        Provider payments =
                Provider.connected(
                        port,
                        tenant,
                        "xendit",
                        Map.of(
                                "secret_key",
                                "xnd_development_0123456789abcdef",
                                "callback_token",
                                TOKEN));

        read();
        assertThat(
                        payments.deliver(PAYMENT, "x-callback-token", TOKEN, "webhook-id", "w-1")
                                .statusCode())
                .isEqualTo(200);
        queue.work(payments.connection()).contextWrite(TenantContext.of(tenant)).block();

        assertPeople(1);
        assertSame(shop.provider());
        assertSame(helpdesk);

        ShopifyShelf.Item later =
                ShopifyGoods.order(99, SPRING.plusSeconds(3_600), 1, 1, "pending");
        SHOP.put("orders", later);
        shop.deliverAndApply("orders/create", "2026-03-01T11:00:00.5Z", later.rest().toString());
        HELPDESK.has(
                1,
                Instant.now().truncatedTo(ChronoUnit.SECONDS),
                "Lamp 1 again",
                "{\"id\": 501, \"email\": \"person.1@example.com\"}");
        assertThat(
                        helpdesk.deliver(
                                        """
                                        {"ticket_id": "1", "subject": "Lamp 1 again", "status": "Open",
                                         "requester": {"email": "person.1@example.com"}}
                                        """,
                                        "X-Webhook-Secret",
                                        TOKEN)
                                .statusCode())
                .isEqualTo(200);
        queue.work(helpdesk.connection()).contextWrite(TenantContext.of(tenant)).block();
        assertPeople(2);
        assertSame(helpdesk);
        read();

        assertPeople(2);
        assertSame(shop.provider());
        assertSame(helpdesk);
    }

    /** Each is one customer; the first has the orders of so many. */
    private void assertPeople(int ordersOfTheFirst) {
        client().document("{ customers(first: 20) { totalCount } }")
                .execute()
                .path("customers.totalCount")
                .entity(Integer.class)
                .isEqualTo(PEOPLE);
        client().document(
                        """
                        { customer(by: {email: "person.1@example.com"}) {
                          stats { totalOrders totalTickets lifetimeValue { currency } }
                          shopifyCustomers { totalCount } supportContacts { totalCount }
                          transactions { nodes { amount { amount currency } } } } }
                        """)
                .execute()
                .path("customer")
                .matchesJson(
                        """
                        {"stats": {"totalOrders": %d, "totalTickets": 1}, "shopifyCustomers": {"totalCount": 1},
                         "supportContacts": {"totalCount": 1},
                         "transactions": {"nodes": [{"amount": {"amount": "150000.00", "currency": "IDR"}}]}}
                        """
                                .formatted(ordersOfTheFirst));
        assertThat(
                        TestDatabase.shared()
                                .owner()
                                .queryForList(
                                        "SELECT count(*) FROM customers WHERE tenant_id = ? AND"
                                                + " status <> 'merged'",
                                        Long.class,
                                        tenant.value()))
                .isEqualTo(List.of((long) PEOPLE));
    }
}
