package io.customergraph.application;

import static org.assertj.core.api.Assertions.assertThat;

import io.customergraph.delivery.DeliveryQueue;
import io.customergraph.tenant.TenantContext;
import io.customergraph.tenant.TenantId;
import io.customergraph.testing.TestDatabase;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;

import java.util.List;
import java.util.Map;
import java.util.Random;

/** A record that the database refuses takes nothing along that was applied with it. */
@CustomerGraphTest
@SuppressWarnings("NullAway.Init") // Spring sets the fields.
class RefusedRecordsTest {

    private static final TestDatabase DATABASE = TestDatabase.shared();
    private static final String SECRET = "0123456789abcdef0123456789abcdef";
    private static final String NUMBER = "106540352242922";

    private final TenantId tenant = DATABASE.newTenant();

    @Value("${local.server.port}")
    private int port;

    @Autowired private DeliveryQueue queue;

    private Provider connected(String name) {
        return Provider.connected(
                port,
                tenant,
                name,
                name.equals("meta_whatsapp")
                        ? Map.of(
                                "waba_id",
                                "102290129340398",
                                "access_token",
                                "EAAG0123456789abcdefghij",
                                "app_secret",
                                SECRET)
                        : Map.of(
                                "phone_number_id",
                                NUMBER,
                                "api_key",
                                "0123456789abcdef",
                                "webhook_secret",
                                SECRET));
    }

    private static void writes(Provider of, String contact, String number) {
        String body =
                """
                {"object": "whatsapp_business_account", "entry": [{"id": "102290129340398",
                  "changes": [{"field": "messages", "value": {"messaging_product": "whatsapp",
                    "metadata": {"display_phone_number": "966112345678", "phone_number_id": "%2$s"},
                    "contacts": [{"profile": {"name": "Layla"}, "wa_id": "%1$s"}],
                    "messages": [{"from": "%1$s", "id": "wamid.%1$s", "timestamp": "1795000000",
                                  "type": "text", "text": {"body": "Salam"}}]}}]}]}
                """
                        .formatted(contact, number);
        String header =
                of.name().equals("meta_whatsapp") ? "X-Hub-Signature-256" : "X-Webhook-Secret";
        String proof =
                of.name().equals("meta_whatsapp")
                        ? "sha256=" + Provider.hex(Provider.hmac("HmacSHA256", SECRET, body))
                        : SECRET;
        assertThat(of.deliver(body, header, proof).statusCode()).isEqualTo(200);
    }

    private List<String> texts(String sql) {
        return DATABASE.owner().queryForList(sql, String.class, tenant.value());
    }

    @ParameterizedTest
    @ValueSource(strings = {"meta_whatsapp", "dialog_360"})
    void only_its_delivery_is_dead(String name) {
        Provider whatsApp = connected(name);
        byte[] random = new byte[4_000];
        new Random(1).nextBytes(random);
        String longerThanAnIndexTakes = Provider.hex(random);

        writes(whatsApp, "966501112221", NUMBER);
        writes(whatsApp, "966501112222", longerThanAnIndexTakes);
        writes(whatsApp, "966501112223", NUMBER);
        queue.work(whatsApp.connection()).contextWrite(TenantContext.of(tenant)).block();

        assertThat(
                        texts(
                                """
                                SELECT concat_ws(' ', status, attempts, error_code)
                                FROM integration_events WHERE tenant_id = ? ORDER BY sequence
                                """))
                .containsExactly("processed 1", "dead 1 REJECTED", "processed 1");
        assertThat(
                        texts(
                                """
                                SELECT external_id || ' ' || message_count
                                FROM omni_conversations WHERE tenant_id = ? ORDER BY 1
                                """))
                .containsExactly("966501112221 1", "966501112223 1");
    }
}
