package io.customergraph.partner;

import static org.assertj.core.api.Assertions.assertThat;

import io.customergraph.delivery.Delivery;
import io.customergraph.delivery.DeliveryOutcome;
import io.customergraph.ingest.IdentityEvents;
import io.customergraph.ingest.Ingestion;
import io.customergraph.tenant.TenantContext;
import io.customergraph.tenant.TenantId;
import io.customergraph.testing.TestDatabase;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import reactor.core.publisher.Mono;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;

class WhatsAppDeliveriesTest {

    private static final TestDatabase DATABASE = TestDatabase.shared();
    private static final String NUMBER = "501001";
    private static final long NOON = 1_790_000_000L;

    private final TenantId tenant = DATABASE.newTenant();
    private final String waba = Long.toString(10_000_000_000L + tenant.hashCode());

    private WhatsAppDeliveries handler(String provider) {
        return new WhatsAppDeliveries(
                provider,
                DATABASE.client(),
                new Ingestion(DATABASE.client(), DATABASE.transaction()),
                new IdentityEvents(DATABASE.client(), DATABASE.transaction(), Mono::empty));
    }

    private List<DeliveryOutcome> apply(String provider, String... bodies) {
        List<Delivery> deliveries =
                Arrays.stream(bodies)
                        .map(
                                body ->
                                        new Delivery(
                                                UUID.randomUUID(),
                                                UUID.randomUUID(),
                                                provider,
                                                waba,
                                                "messages",
                                                Map.of(),
                                                body,
                                                Instant.ofEpochSecond(NOON),
                                                null))
                        .toList();
        return handler(provider)
                .apply(deliveries)
                .contextWrite(TenantContext.of(tenant))
                .blockOptional()
                .orElseThrow();
    }

    private List<DeliveryOutcome> meta(String... bodies) {
        return apply("meta_whatsapp", bodies);
    }

    private String change(long time, String field, String value) {
        return """
        {"object": "whatsapp_business_account", "entry": [{"id": "%s", "time": %d,
          "changes": [{"field": "%s", "value": %s}]}]}
        """
                .formatted(waba, time, field, value);
    }

    private String messages(String contacts, String messages) {
        return change(
                NOON,
                "messages",
                """
                {"messaging_product": "whatsapp",
                 "metadata": {"display_phone_number": "966 50 000 1111", "phone_number_id": "%s"},
                 "contacts": [%s], "messages": [%s]}
                """
                        .formatted(NUMBER, contacts, messages));
    }

    private static String contact(String waId, String name) {
        return "{\"profile\": {\"name\": \"%s\"}, \"wa_id\": \"%s\"}".formatted(name, waId);
    }

    private static String text(String id, String from, long at, String body) {
        return """
        {"from": "%s", "id": "%s", "timestamp": "%d", "type": "text", "text": {"body": "%s"}}
        """
                .formatted(from, id, at, body);
    }

    private String status(String id, String status, long at) {
        return change(
                NOON,
                "messages",
                """
                {"metadata": {"phone_number_id": "%s"}, "statuses": [
                  {"id": "%s", "status": "%s", "timestamp": "%d", "recipient_id": "966501112223"}]}
                """
                        .formatted(NUMBER, id, status, at));
    }

    private List<String> rows(String sql) {
        return DATABASE.owner().queryForList(sql, String.class, tenant.value());
    }

    private List<String> conversations() {
        return rows(
                """
                SELECT concat_ws(' ', c.source_type, c.source_account, c.external_id,
                                 c.channel_identity, c.message_count, u.phone)
                FROM omni_conversations c
                LEFT JOIN customers u ON u.tenant_id = c.tenant_id AND u.id = c.customer_id
                WHERE c.tenant_id = ? ORDER BY c.external_id
                """);
    }

    private List<String> sent() {
        return rows(
                """
                SELECT concat_ws(' ', external_id, direction, content_type, body, status)
                FROM omni_messages WHERE tenant_id = ? ORDER BY external_id
                """);
    }

    @Test
    void a_message_is_a_conversation_of_the_customer_who_has_the_number() {
        String delivery =
                messages(
                        contact("966501112223", "Omar"),
                        text("wamid.1", "966501112223", NOON, "Salam")
                                + ","
                                + """
                                {"from": "966501112223", "id": "wamid.2", "timestamp": "%d",
                                 "type": "image", "image": {"id": "1", "caption": "This one"}}
                                """
                                        .formatted(NOON + 5));

        assertThat(meta(delivery, delivery)).containsOnly(new DeliveryOutcome.Applied());
        assertThat(meta(delivery)).containsOnly(new DeliveryOutcome.Applied());

        assertThat(conversations())
                .singleElement()
                .asString()
                .startsWith("meta_whatsapp 501001 966501112223 966501112223 2 +966501112223");
        assertThat(sent())
                .containsExactly(
                        "wamid.1 inbound text Salam received",
                        "wamid.2 inbound image This one received");
    }

    @Test
    void who_hides_the_number_is_known_by_the_id_within_the_business() {
        String hidden =
                messages(
                        "{\"profile\": {\"name\": \"Sara\"}, \"user_id\": \"SA.abc123\"}",
                        """
                        {"id": "wamid.3", "from_user_id": "SA.abc123", "timestamp": "%d",
                         "type": "text", "text": {"body": "Hi"}}
                        """
                                .formatted(NOON));
        meta(hidden);
        meta(hidden.replace("wamid.3", "wamid.4"));

        assertThat(conversations())
                .singleElement()
                .asString()
                .startsWith("meta_whatsapp 501001 SA.abc123 SA.abc123 2");
        assertThat(
                        rows(
                                "SELECT kind || ' ' || scope || ' ' || value FROM"
                                        + " customer_identifiers WHERE tenant_id = ?"))
                .containsExactly("whatsapp_user_id " + waba + " SA.abc123");
    }

    @Test
    void a_status_never_goes_back_whatever_the_order() {
        meta(
                messages(
                        contact("966501112223", "Omar"),
                        text("wamid.1", "966501112223", NOON, "Salam")),
                status("wamid.9", "read", NOON + 3),
                status("wamid.9", "sent", NOON + 1));
        meta(status("wamid.9", "delivered", NOON + 2), status("wamid.9", "failed", NOON + 4));

        assertThat(sent())
                .containsExactly(
                        "wamid.1 inbound text Salam received", "wamid.9 outbound unknown read");
        assertThat(conversations()).singleElement().asString().contains(" 2 ");
    }

    @Test
    void a_message_that_the_shop_sent_first_begins_the_conversation() {
        meta(status("wamid.9", "sent", NOON));
        meta(
                status("wamid.9", "delivered", NOON + 1),
                messages(
                        contact("966501112223", "Omar"),
                        text("wamid.10", "966501112223", NOON + 60, "Thanks")));

        assertThat(conversations()).hasSize(1);
        assertThat(sent())
                .containsExactly(
                        "wamid.10 inbound text Thanks received",
                        "wamid.9 outbound unknown delivered");
    }

    @Test
    void a_person_who_changes_the_number_stays_the_same_customer() {
        meta(
                messages(
                        contact("966501112223", "Omar Farouk"),
                        text("wamid.1", "966501112223", NOON, "Old")));
        meta(
                messages(
                        "",
                        """
                        {"from": "966501112223", "id": "wamid.2", "timestamp": "%d",
                         "type": "system", "system": {"type": "user_changed_number",
                           "body": "changed", "wa_id": "966504445556"}}
                        """
                                .formatted(NOON + 60)),
                messages(
                        contact("966504445556", "Omar Farouk"),
                        text("wamid.3", "966504445556", NOON + 120, "New")));

        assertThat(
                        rows(
                                "SELECT count(DISTINCT customer_id)::text FROM omni_conversations"
                                        + " WHERE tenant_id = ?"))
                .containsExactly("1");
    }

    @Test
    void a_person_whose_business_scoped_id_is_renewed_stays_the_same_customer() {
        String hidden =
                messages(
                        "{\"user_id\": \"SA.one\"}",
                        """
                        {"id": "wamid.3", "from_user_id": "SA.one", "timestamp": "%d",
                         "type": "text", "text": {"body": "Hi"}}
                        """
                                .formatted(NOON));
        meta(hidden);
        meta(
                messages(
                        "",
                        """
                        {"id": "wamid.5", "timestamp": "%d", "type": "system",
                         "system": {"type": "user_changed_user_id", "user_id": "SA.two",
                           "previous_user_id": "SA.one"}}
                        """
                                .formatted(NOON + 60)),
                hidden.replace("SA.one", "SA.two")
                        .replace("wamid.3", "wamid.6")
                        .replace(Long.toString(NOON), Long.toString(NOON + 120)));

        assertThat(
                        rows(
                                "SELECT count(DISTINCT customer_id)::text FROM omni_conversations"
                                        + " WHERE tenant_id = ?"))
                .containsExactly("1");
    }

    private void underTheProgramme() {
        UUID connection = UUID.randomUUID();
        DATABASE.owner()
                .update(
                        """
                        INSERT INTO integration_connections (
                            tenant_id, id, provider, name, environment, account, status)
                        VALUES (?, ?, 'meta_whatsapp', 'W', 'production', ?, 'active')
                        """,
                        tenant.value(),
                        connection,
                        waba);
        DATABASE.owner()
                .update(
                        """
                        INSERT INTO meta_whatsapp_clients (
                            tenant_id, id, connection_id, waba_id, name, status)
                        VALUES (?, ?, ?, ?, 'W', 'pending')
                        """,
                        tenant.value(),
                        connection,
                        connection,
                        waba);
        DATABASE.owner()
                .update(
                        """
                        INSERT INTO meta_whatsapp_phone_numbers (
                            tenant_id, id, meta_whatsapp_client_id, phone_number_id, phone_number,
                            status)
                        VALUES (?, gen_random_uuid(), ?, ?, '+966500001111', 'connected')
                        """,
                        tenant.value(),
                        connection,
                        waba);
    }

    private String numbers() {
        return rows("""
        SELECT concat_ws(' ', status, quality_rating, messaging_limit, name_status,
                         verified_name)
        FROM meta_whatsapp_phone_numbers WHERE tenant_id = ?
        """)
                .getFirst();
    }

    private String quality(long at, String event, String limit) {
        return change(
                at,
                "phone_number_quality_update",
                """
                {"display_phone_number": "+966 50 000 1111", "event": "%s", "current_limit": "%s"}
                """
                        .formatted(event, limit));
    }

    @Test
    void what_is_told_of_a_number_is_kept_and_older_news_overwrite_nothing() {
        underTheProgramme();
        assertThat(
                        meta(
                                quality(NOON, "FLAGGED", "TIER_1K"),
                                change(
                                        NOON,
                                        "phone_number_name_update",
                                        """
                                        {"display_phone_number": "966500001111",
                                         "decision": "APPROVED",
                                         "requested_verified_name": "Acme"}
                                        """)))
                .containsOnly(new DeliveryOutcome.Applied());
        assertThat(numbers()).isEqualTo("flagged red tier_1k approved Acme");

        meta(quality(NOON - 60, "UNFLAGGED", "TIER_250"));
        assertThat(numbers()).isEqualTo("flagged red tier_1k approved Acme");

        meta(
                quality(NOON + 60, "UPGRADE", "TIER_10K"),
                quality(NOON + 30, "DOWNGRADE", "TIER_50"),
                change(
                        NOON + 90,
                        "business_capability_update",
                        "{\"max_daily_conversation_per_phone\": -1}"));
        assertThat(numbers()).isEqualTo("flagged red tier_unlimited approved Acme");
    }

    @Test
    void what_is_told_of_an_account_is_kept_in_the_order_of_its_times() {
        underTheProgramme();
        meta(
                change(
                        NOON + 9,
                        "account_update",
                        """
                        {"event": "DISABLED_UPDATE", "ban_info": {"waba_ban_state": "DISABLE"}}
                        """),
                change(NOON, "account_update", "{\"event\": \"VERIFIED_ACCOUNT\"}"),
                change(NOON, "account_review_update", "{\"decision\": \"APPROVED\"}"));
        meta(change(NOON + 5, "account_update", "{\"event\": \"PARTNER_ADDED\"}"));

        assertThat(
                        rows(
                                "SELECT status || ' ' || review_status FROM meta_whatsapp_clients"
                                        + " WHERE tenant_id = ?"))
                .containsExactly("disabled approved");
    }

    @Test
    void a_channel_of_360dialog_follows_its_partner_events() {
        DATABASE.owner()
                .update(
                        """
                        WITH c AS (
                            INSERT INTO dialog_360_clients (tenant_id, id, client_id, name, status)
                            VALUES (?, gen_random_uuid(), ?, 'D', 'active') RETURNING tenant_id, id)
                        INSERT INTO dialog_360_channels (
                            tenant_id, id, dialog_360_client_id, channel_id, phone_number, status)
                        SELECT tenant_id, gen_random_uuid(), id, ?, '+966500001111', 'created'
                        FROM c
                        """,
                        tenant.value(),
                        tenant.value(),
                        tenant.value());
        String running =
                "{\"id\": \"1\", \"event\": \"channel_running\", \"data\": {\"id\": \"%s\"}}"
                        .formatted(tenant.value());

        assertThat(apply("dialog_360", running, quality(NOON, "FLAGGED", "TIER_1K")))
                .containsOnly(new DeliveryOutcome.Applied());
        assertThat(
                        apply(
                                "dialog_360",
                                "{\"event\": \"channel_live\"}",
                                "{\"event\": \"unheard_of\"}"))
                .satisfiesExactly(
                        one -> assertThat(one).isInstanceOf(DeliveryOutcome.Unusable.class),
                        other -> assertThat(other).isInstanceOf(DeliveryOutcome.Ignored.class));

        assertThat(
                        rows(
                                "SELECT status || ' ' || quality_rating || ' ' || messaging_limit"
                                        + " FROM dialog_360_channels WHERE tenant_id = ?"))
                .containsExactly("running red tier_1k");
    }

    @Test
    void another_tenants_numbers_are_not_touched_by_what_names_them() {
        underTheProgramme();
        WhatsAppDeliveriesTest rival = new WhatsAppDeliveriesTest();

        rival.meta(quality(NOON, "FLAGGED", "TIER_1K").replace(rival.waba, waba));

        assertThat(numbers()).isEqualTo("connected unknown unknown");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "not json",
                "[]",
                "7",
                "{\"entry\": 7}",
                "{\"entry\": [7, null, {\"changes\": 7}, {\"changes\": [null, 7]}]}",
                "{\"entry\": [{\"changes\": [{\"field\": \"messages\", \"value\": {\"messages\":"
                        + " [{}, 7, {\"id\": {}, \"from\": []}]}}]}]}",
                "{\"entry\": [{\"changes\": [{\"field\": \"messages\", \"value\": {\"statuses\":"
                        + " [{\"id\": 1}]}}]}]}",
                "{\"entry\": [{\"changes\": [{\"field\": \"phone_number_quality_update\","
                        + " \"value\": []}]}]}",
                "{\"entry\": [{\"changes\": [{\"field\": \"unheard_of\"}]}]}"
            })
    void what_is_broken_has_an_outcome_and_stops_nothing_else(String broken) {
        List<DeliveryOutcome> outcomes =
                meta(
                        broken,
                        messages(
                                contact("966501112223", "Omar"),
                                text("wamid.1", "966501112223", NOON, "Salam")));

        assertThat(outcomes.getFirst()).isNotInstanceOf(DeliveryOutcome.Applied.class);
        assertThat(outcomes.getLast()).isEqualTo(new DeliveryOutcome.Applied());
        assertThat(sent()).hasSize(1);
    }

    @Test
    void what_can_be_read_of_a_broken_delivery_is_kept() {
        assertThat(
                        meta(
                                messages(
                                        contact("966501112223", "Omar"),
                                        "{\"type\": \"text\"},"
                                                + text("wamid.1", "966501112223", NOON, "Salam"))))
                .containsExactly(new DeliveryOutcome.Applied());
        assertThat(sent()).hasSize(1);
    }
}
