package io.customergraph.application;

import static org.assertj.core.api.Assertions.assertThat;

import io.customergraph.delivery.DeliveryQueue;
import io.customergraph.tenant.TenantContext;
import io.customergraph.tenant.TenantId;
import io.customergraph.testing.TestDatabase;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;

import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Messages by Twilio, Infobip and Unifonic become conversations of customers. */
@CustomerGraphTest
@SuppressWarnings("NullAway.Init") // Spring sets the fields.
class MessagesToCustomerTest {

    private static final TestDatabase DATABASE = TestDatabase.shared();
    private static final String TOKEN = "0123456789abcdef0123456789abcdef";
    private static final String HOOK = "a-long-random-text-01";

    private final TenantId tenant = DATABASE.newTenant();

    @Value("${local.server.port}")
    private int port;

    @Autowired private DeliveryQueue queue;

    private void apply(Provider provider) {
        queue.work(provider.connection()).contextWrite(TenantContext.of(tenant)).block();
    }

    private Provider twilio() {
        return Provider.connected(
                port, tenant, "twilio", Map.of("account_sid", "AC" + TOKEN, "auth_token", TOKEN));
    }

    private void twilioSends(Provider twilio, Map<String, String> fields) {
        String form =
                fields.entrySet().stream()
                        .map(
                                one ->
                                        one.getKey()
                                                + "="
                                                + URLEncoder.encode(
                                                        one.getValue(), StandardCharsets.UTF_8))
                        .collect(Collectors.joining("&"));
        StringBuilder signed = new StringBuilder("https://api.example.com" + twilio.path());
        new TreeMap<>(fields).forEach((name, value) -> signed.append(name).append(value));
        String signature =
                Base64.getEncoder()
                        .encodeToString(Provider.hmac("HmacSHA1", TOKEN, signed.toString()));
        assertThat(
                        Provider.send(
                                        twilio.request(twilio.path())
                                                .header(
                                                        "Content-Type",
                                                        "application/x-www-form-urlencoded")
                                                .header("X-Twilio-Signature", signature)
                                                .POST(BodyPublishers.ofString(form)))
                                .statusCode())
                .isEqualTo(200);
        apply(twilio);
    }

    private void sends(Provider provider, String json) {
        assertThat(provider.deliver(json, "X-Webhook-Secret", HOOK).statusCode()).isEqualTo(200);
        apply(provider);
        assertThat(provider.events()).allMatch(one -> "processed".equals(one.get("status")));
    }

    private List<Map<String, @Nullable Object>> messages() {
        return DATABASE.owner()
                .queryForList(
                        """
                        SELECT c.channel, c.source_account AS account, c.external_id AS contact,
                               c.customer_name AS name, c.message_count AS count, m.external_id AS id,
                               m.direction, m.content_type AS type, m.body, m.status
                        FROM omni_conversations c
                        LEFT JOIN omni_messages m
                            ON m.tenant_id = c.tenant_id AND m.conversation_id = c.id
                        WHERE c.tenant_id = ?
                        ORDER BY c.channel, c.external_id, m.external_id
                        """,
                        tenant.value());
    }

    private List<String> identifiers() {
        return DATABASE.owner()
                .queryForList(
                        """
                        SELECT kind || ' ' || value || ' ' || assurance FROM customer_identifiers
                        WHERE tenant_id = ? AND kind = 'phone' ORDER BY 1
                        """,
                        String.class,
                        tenant.value());
    }

    @Test
    void messages_of_twilio_on_two_channels_are_two_conversations_of_one_customer() {
        Provider twilio = twilio();

        twilioSends(
                twilio,
                Map.of(
                        "MessageSid", "SM1",
                        "SmsStatus", "received",
                        "From", "whatsapp:+966501112223",
                        "WaId", "966501112223",
                        "To", "whatsapp:+14155238886",
                        "ProfileName", "Layla Haddad",
                        "Body", "مرحبا 👋",
                        "NumMedia", "0"));
        twilioSends(
                twilio,
                Map.of(
                        "MessageSid", "SM2",
                        "SmsStatus", "received",
                        "From", "+966501112223",
                        "To", "+14155238886",
                        "Body", "Yes"));
        twilioSends(
                twilio,
                Map.of(
                        "MessageSid", "SM3",
                        "MessageStatus", "delivered",
                        "From", "whatsapp:+14155238886",
                        "To", "whatsapp:+966501112223"));
        twilioSends(
                twilio,
                Map.of(
                        "MessageSid", "SM3",
                        "MessageStatus", "sent",
                        "From", "whatsapp:+14155238886",
                        "To", "whatsapp:+966501112223"));

        List<Map<String, @Nullable Object>> messages = messages();
        assertThat(messages).hasSize(3);
        assertThat(messages.get(0))
                .containsEntry("channel", "sms")
                .containsEntry("account", "14155238886")
                .containsEntry("contact", "sms:966501112223")
                .containsEntry("body", "Yes");
        assertThat(messages.get(1))
                .containsEntry("channel", "whatsapp")
                .containsEntry("contact", "whatsapp:966501112223")
                .containsEntry("name", "Layla Haddad")
                .containsEntry("body", "مرحبا 👋")
                .containsEntry("status", "received")
                .containsEntry("count", 2);
        assertThat(messages.get(2))
                .containsEntry("id", "SM3")
                .containsEntry("direction", "outbound")
                .containsEntry("status", "delivered");
        assertThat(identifiers()).containsExactly("phone +966501112223 attested");
    }

    @Test
    void infobip_brings_messages_and_reports() {
        Provider infobip =
                Provider.connected(
                        port,
                        tenant,
                        "infobip",
                        Map.of(
                                "base_host",
                                "abc12.api.infobip.com",
                                "api_key",
                                "0123456789abcdef-0123456789abcdef",
                                "webhook_secret",
                                HOOK));

        sends(
                infobip,
                """
                {"results": [{"from": "966501112223", "to": "447860099299",
                  "integrationType": "WHATSAPP", "receivedAt": "2026-11-19T11:26:57.000+0000",
                  "messageId": "in-1", "message": {"type": "IMAGE", "caption": "The lamp",
                  "url": "https://example.com/lamp"}, "contact": {"name": "Layla"},
                  "price": {"pricePerMessage": 0, "currency": "EUR"}}],
                 "messageCount": 1, "pendingMessageCount": 0}
                """);
        sends(
                infobip,
                """
                {"results": [{"messageId": "in-2", "from": "966501112223", "to": "447860099299",
                  "text": "KEYWORD Salam", "cleanText": "Salam", "keyword": "KEYWORD",
                  "receivedAt": "2026-11-19T11:27:57.000+0000", "smsCount": 1}]}
                """);
        sends(
                infobip,
                """
                {"results": [{"bulkId": "b", "messageId": "out-1", "to": "966501112223",
                  "from": "447860099299", "sentAt": "2026-11-19T11:28:00.000+0000",
                  "doneAt": "2026-11-19T11:28:01.000+0000", "messageCount": 1,
                  "status": {"id": 5, "groupId": 3, "groupName": "DELIVERED",
                             "name": "DELIVERED_TO_HANDSET"}}]}
                """);
        sends(
                infobip,
                """
                {"results": [{"messageId": "out-1", "from": "447860099299", "to": "966501112223",
                  "sentAt": "2026-11-19T11:28:00.000+0000",
                  "seenAt": "2026-11-19T11:30:00.000+0000"}]}
                """);

        List<Map<String, @Nullable Object>> messages = messages();
        assertThat(messages)
                .extracting(one -> one.get("id"))
                .containsExactly("in-2", "in-1", "out-1");
        assertThat(messages.get(0))
                .containsEntry("channel", "sms")
                .containsEntry("body", "KEYWORD Salam");
        assertThat(messages.get(1))
                .containsEntry("type", "image")
                .containsEntry("body", "The lamp")
                .containsEntry("account", "447860099299")
                .containsEntry("name", "Layla");
        assertThat(messages.get(2)).containsEntry("status", "read");
        assertThat(identifiers()).containsExactly("phone +966501112223 attested");
    }

    @Test
    void unifonic_brings_messages_and_how_far_ours_came() {
        Provider unifonic =
                Provider.connected(
                        port,
                        tenant,
                        "unifonic",
                        Map.of("app_sid", "0123456789abcdef", "webhook_secret", HOOK));
        String event =
                """
                {"messageId": "%s", "eventId": "%s", "eventType": "message.%s",
                 "applicationId": "7d0dd3ee-2da0-4c1a-82a1-72450000f019", "conversationId": "c-1",
                 "%s": {"channel": "whatsapp", "contact": "+966501112223"%s},
                 "timestamp": "2026-11-20T11:36:48.000Z", "receivedAt": "2026-11-20T11:36:48.768Z"}
                """;

        sends(unifonic, event.formatted("out", "e1", "read", "recipient", ""));
        sends(unifonic, event.formatted("out", "e2", "delivered", "recipient", ""));
        sends(
                unifonic,
                event.formatted(
                        "in",
                        "e3",
                        "received",
                        "sender",
                        ", \"name\": \"Layla\"}, \"content\": {\"text\": \"Hello\", \"type\":"
                                + " \"text\""));

        List<Map<String, @Nullable Object>> messages = messages();
        assertThat(messages).extracting(one -> one.get("id")).containsExactly("in", "out");
        assertThat(messages.get(0))
                .containsEntry("account", "7d0dd3ee-2da0-4c1a-82a1-72450000f019")
                .containsEntry("body", "Hello")
                .containsEntry("name", "Layla");
        assertThat(messages.get(1))
                .containsEntry("status", "read")
                .containsEntry("direction", "outbound");
        assertThat(unifonic.events()).extracting(one -> one.get("topic")).contains("message.read");
    }
}
