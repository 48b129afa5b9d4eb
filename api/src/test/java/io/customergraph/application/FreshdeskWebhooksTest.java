package io.customergraph.application;

import static org.assertj.core.api.Assertions.assertThat;

import io.customergraph.delivery.DeliveryQueue;
import io.customergraph.tenant.Scope;
import io.customergraph.tenant.TenantContext;
import io.customergraph.tenant.TenantId;
import io.customergraph.testing.TestDatabase;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import java.time.Instant;

/** An automation rule tells which ticket changed; what it is, the helpdesk's API says. */
@CustomerGraphTest
@SuppressWarnings("NullAway.Init") // Spring sets the fields.
class FreshdeskWebhooksTest {

    private static final Instant AT = Instant.parse("2026-03-01T10:00:00Z");
    private static final HelpdeskDouble HELPDESK = new HelpdeskDouble();

    private final TenantId tenant = TestDatabase.shared().newTenant();

    private Provider helpdesk;

    @Value("${local.server.port}")
    private int port;

    @Autowired private DeliveryQueue queue;

    @DynamicPropertySource
    static void the_helpdesk_is_here(DynamicPropertyRegistry properties) {
        HELPDESK.standsIn(properties);
    }

    @BeforeEach
    void connect() {
        HELPDESK.forget();
        helpdesk = HelpdeskDouble.connected(port, tenant);
    }

    private void deliver(String body) {
        assertThat(helpdesk.deliver(body, "X-Webhook-Secret", HelpdeskDouble.SECRET).statusCode())
                .isEqualTo(200);
        queue.work(helpdesk.connection()).contextWrite(TenantContext.of(tenant)).block();
    }

    /** How the deliveries ended. */
    private String ends() {
        return String.join(
                " ",
                TestDatabase.shared()
                        .owner()
                        .queryForList(
                                """
                                SELECT concat_ws(':', status, error_code) FROM integration_events
                                WHERE tenant_id = ? ORDER BY received_at
                                """,
                                String.class,
                                tenant.value()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    {"ticket_id": "3", "subject": "T3", "status": "Pending", "requester": {"name": "Ann"}}
                    {"ticket_id": 3}
                    {"freshdesk_webhook": {"ticket_id": 3, "ticket_subject": "T3"}}
                    """)
    void a_ticket_is_whole_however_little_its_rule_says(String body) {
        HELPDESK.has(3, AT, "Lamp", "{\"id\": 9, \"email\": \"ann@example.com\"}");

        deliver(body);

        TestKeys.client(port, tenant, Scope.CUSTOMERS_READ)
                .document(
                        """
                        { customer(by: {email: "ann@example.com"}) { tickets(first: 5) { nodes {
                          subject description status priority channel tags customerExternalId
                          createdAt updatedAt } } } }
                        """)
                .execute()
                .path("customer.tickets")
                .matchesJsonStrictly(
                        """
                        {"nodes": [{"subject": "Lamp", "description": "Please help.",
                          "status": "OPEN", "priority": "HIGH", "channel": "email",
                          "tags": ["lamp"], "customerExternalId": "9",
                          "createdAt": "2026-01-01T08:00:00Z", "updatedAt": "2026-03-01T10:00:00Z"}]}
                        """);
        assertThat(ends()).isEqualTo("processed");
    }

    /** A rule that says no more than the ticket's id says the same after every change. */
    @Test
    void the_same_content_again_is_news_once_the_first_was_applied() {
        HELPDESK.has(3, AT, "Lamp", "{\"id\": 9, \"email\": \"ann@example.com\"}");
        String body = "{\"ticket_id\": 3}";
        helpdesk.deliver(body, "X-Webhook-Secret", HelpdeskDouble.SECRET);
        deliver(body);
        assertThat(ends()).isEqualTo("processed");
        HELPDESK.has(
                3, AT.plusSeconds(1), "Lamp, again", "{\"id\": 9, \"email\": \"ann@example.com\"}");

        helpdesk.deliver(body, "X-Webhook-Secret", HelpdeskDouble.SECRET);
        deliver(body);

        assertThat(ends()).isEqualTo("processed processed");
        assertThat(
                        TestDatabase.shared()
                                .owner()
                                .queryForObject(
                                        "SELECT subject FROM support_tickets WHERE tenant_id = ?",
                                        String.class,
                                        tenant.value()))
                .isEqualTo("Lamp, again");
    }

    @Test
    void one_that_was_thrown_away_or_is_not_there_is_none() {
        HELPDESK.offPages(
                4, "{\"id\": 4, \"deleted\": true, \"updated_at\": \"2026-03-01T10:00:00Z\"}");

        deliver("{\"ticket_id\": 4}");
        deliver("{\"ticket_id\": 5}");
        deliver("{\"subject\": \"Lamp\"}");

        assertThat(ends()).isEqualTo("ignored:IGNORED dead:NOT_FOUND dead:INVALID_ID");
    }

    @Test
    void while_it_cannot_be_asked_the_delivery_waits() {
        HELPDESK.offPages(6, "no ticket");

        deliver("{\"ticket_id\": 6}");

        assertThat(ends()).isEqualTo("failed:UNEXPECTED_ANSWER");
    }
}
