package io.customergraph.application;

import static org.assertj.core.api.Assertions.assertThat;

import io.customergraph.delivery.DeliveryQueue;
import io.customergraph.tenant.TenantContext;
import io.customergraph.tenant.TenantId;
import io.customergraph.testing.TestDatabase;

import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** A shop that delivers its webhooks as Shopify does, signed, and has them applied. */
record Shop(Provider provider, TenantId tenant, DeliveryQueue queue) {

    static final String DOMAIN = "acme.myshopify.com";
    private static final String SECRET = "shpss_1234567890abcdef";

    static Shop connected(int port, TenantId tenant, DeliveryQueue queue) {
        return connected(port, tenant, queue, Map.of());
    }

    /** One whose connection has further settings. */
    static Shop connected(
            int port, TenantId tenant, DeliveryQueue queue, Map<String, String> settings) {
        Map<String, String> form = new HashMap<>(settings);
        form.put("shop", DOMAIN);
        form.put("access_token", "shpat_0123456789abcdef0123456789abcdef");
        form.put("client_secret", SECRET);
        return new Shop(Provider.connected(port, tenant, "shopify", form), tenant, queue);
    }

    /** One webhook. */
    record Webhook(String topic, String triggeredAt, String body) {}

    int send(Webhook webhook) {
        return provider.deliver(
                        webhook.body,
                        "X-Shopify-Hmac-Sha256",
                        Base64.getEncoder()
                                .encodeToString(Provider.hmac("HmacSHA256", SECRET, webhook.body)),
                        "X-Shopify-Topic",
                        webhook.topic,
                        "X-Shopify-Shop-Domain",
                        DOMAIN,
                        "X-Shopify-Webhook-Id",
                        UUID.randomUUID().toString(),
                        "X-Shopify-Triggered-At",
                        webhook.triggeredAt)
                .statusCode();
    }

    void deliver(String topic, String triggeredAt, String body) {
        assertThat(send(new Webhook(topic, triggeredAt, body))).isEqualTo(200);
    }

    void apply() {
        queue.work(provider.connection()).contextWrite(TenantContext.of(tenant)).block();
    }

    void deliverAndApply(String topic, String triggeredAt, String body) {
        deliver(topic, triggeredAt, body);
        apply();
    }

    List<String> statuses() {
        return rows(
                """
                SELECT concat_ws(' ', status, error_code) FROM integration_events
                WHERE tenant_id = ? ORDER BY sequence
                """);
    }

    List<String> rows(String sql) {
        return TestDatabase.shared().owner().queryForList(sql, String.class, tenant.value());
    }
}
