package io.customergraph.application;

import static org.assertj.core.api.Assertions.assertThat;

import io.customergraph.delivery.DeliveryQueue;
import io.customergraph.tenant.Scope;
import io.customergraph.tenant.TenantContext;
import io.customergraph.tenant.TenantId;
import io.customergraph.testing.TestDatabase;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/** What two providers deliver of one person is one customer's. */
@CustomerGraphTest
@SuppressWarnings("NullAway.Init") // Spring sets the fields.
class FromWebhookToCustomerTest {

    private static final String APP_SECRET = "0123456789abcdef0123456789abcdef";
    private static final String TICKET =
            """
            {"ticket_id": "7001", "subject": "Where is my lamp?", "status": "2"}
            """;
    private static final String MESSAGE =
            """
            {"object": "whatsapp_business_account", "entry": [{"id": "102290129340398", "changes": [
              {"field": "messages", "value": {"messaging_product": "whatsapp",
                "metadata": {"display_phone_number": "966112345678",
                             "phone_number_id": "106540352242922"},
                "contacts": [{"profile": {"name": "Layla Haddad"}, "wa_id": "966501112223"}],
                "messages": [{"from": "966501112223", "id": "wamid.one", "timestamp": "1795000000",
                              "type": "text", "text": {"body": "Salam"}}]}}]}]}
            """;

    private static final HelpdeskDouble HELPDESK = new HelpdeskDouble();

    private final TenantId tenant = TestDatabase.shared().newTenant();

    @Value("${local.server.port}")
    private int port;

    @Autowired private DeliveryQueue queue;

    @DynamicPropertySource
    static void the_helpdesk_is_here(DynamicPropertyRegistry properties) {
        HELPDESK.standsIn(properties);
    }

    private void apply(Provider provider) {
        queue.work(provider.connection()).contextWrite(TenantContext.of(tenant)).block();
    }

    private void message(Provider whatsApp) {
        assertThat(
                        whatsApp.deliver(
                                        MESSAGE,
                                        "X-Hub-Signature-256",
                                        "sha256="
                                                + Provider.hex(
                                                        Provider.hmac(
                                                                "HmacSHA256", APP_SECRET, MESSAGE)))
                                .statusCode())
                .isEqualTo(200);
        apply(whatsApp);
    }

    private Provider helpdesk() {
        HELPDESK.has(
                7001,
                Instant.parse("2026-03-01T10:00:00Z"),
                "Where is my lamp?",
                """
                {"id": 9, "name": "Layla Haddad", "email": "layla@example.com",
                 "phone": "+966501112223"}
                """);
        return HelpdeskDouble.connected(port, tenant);
    }

    @Test
    void a_ticket_and_a_message_of_one_number_are_one_customers() {
        Provider helpdesk = helpdesk();
        Provider whatsApp =
                Provider.connected(
                        port,
                        tenant,
                        "meta_whatsapp",
                        Map.of(
                                "waba_id",
                                "102290129340398",
                                "access_token",
                                "EAAG0123456789abcdefghij",
                                "app_secret",
                                APP_SECRET));

        assertThat(helpdesk.deliver(TICKET, "X-Webhook-Secret", HelpdeskDouble.SECRET).statusCode())
                .isEqualTo(200);
        apply(helpdesk);
        message(whatsApp);
        message(whatsApp);

        TestKeys.client(port, tenant, Scope.CUSTOMERS_READ)
                .document(
                        """
                        { customers(first: 5) { totalCount nodes { displayName email phone
                            stats { totalTickets totalConversations }
                            conversations(first: 5) { nodes { messages(first: 5) { totalCount } } }
                        } } }
                        """)
                .execute()
                .path("customers")
                .matchesJson(
                        """
                        {"totalCount": 1, "nodes": [{
                          "displayName": "Layla Haddad", "email": "layla@example.com",
                          "phone": "+966501112223",
                          "stats": {"totalTickets": 1, "totalConversations": 1},
                          "conversations": {"nodes": [{"messages": {"totalCount": 1}}]}}]}
                        """);
    }

    private static String reopened(String status) {
        return TICKET.replace("\"status\": \"2\"", "\"status\": \"" + status + "\"");
    }

    /** Its rule tells no time, so only the body tells one delivery from another. */
    @Test
    void a_ticket_that_is_closed_and_opened_again_is_open() {
        Provider helpdesk = helpdesk();

        for (String status : List.of("2", "4", "4", "2", "2")) {
            assertThat(
                            helpdesk.deliver(
                                            reopened(status),
                                            "X-Webhook-Secret",
                                            HelpdeskDouble.SECRET)
                                    .statusCode())
                    .isEqualTo(200);
        }
        apply(helpdesk);

        assertThat(helpdesk.events()).hasSize(3);
        assertThat(
                        TestDatabase.shared()
                                .owner()
                                .queryForList(
                                        "SELECT status FROM support_tickets WHERE tenant_id = ?",
                                        String.class,
                                        tenant.value()))
                .containsExactly("open");
    }

    @Test
    void what_is_signed_by_nobody_known_is_not_taken() {
        Provider helpdesk = helpdesk();

        assertThat(
                        helpdesk.deliver(TICKET, "X-Webhook-Secret", "a-long-random-text-02")
                                .statusCode())
                .isEqualTo(401);

        assertThat(helpdesk.events()).isEmpty();
    }
}
