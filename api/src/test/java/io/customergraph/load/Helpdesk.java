package io.customergraph.load;

import io.customergraph.application.Provider;
import io.customergraph.tenant.TenantId;
import io.customergraph.testing.TestDatabase;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;

/**
 * A helpdesk that sends tickets, as many as it is asked for.
 *
 * @param path of its webhook
 */
record Helpdesk(TenantId tenant, Provider provider, String path) {

    static final String SECRET = "a-long-random-text-01";

    private static final int PEOPLE = 20_000;
    private static final Instant FIRST = Instant.parse("2026-01-01T00:00:00Z");
    private static final String[] GIVEN = {"Layla", "Omar", "Huda", "Karim", "Noor", "Sami"};
    private static final String[] FAMILY = {"Haddad", "Nasser", "Saleh", "Mansour", "Aziz"};
    private static final String CHATTER =
            "Please tell me where it is and when I can expect it. Thank you. ".repeat(4);

    /** Connects one; it may send as often as it likes. */
    static Helpdesk connected(int port, TenantId tenant, String domain) {
        Provider provider =
                Provider.connected(
                        port,
                        tenant,
                        "freshdesk",
                        Map.of(
                                "domain",
                                domain + ".freshdesk.com",
                                "api_key",
                                "Qm9uZXRlcmljLWtleQ",
                                "webhook_secret",
                                SECRET));
        TestDatabase.shared()
                .owner()
                .update(
                        """
                        INSERT INTO integration_webhook_configs (
                            tenant_id, id, connection_id, requests_per_minute)
                        VALUES (?, gen_random_uuid(), ?, 10000000)
                        ON CONFLICT (tenant_id, connection_id)
                            DO UPDATE SET requests_per_minute = excluded.requests_per_minute
                        """,
                        tenant.value(),
                        provider.connection());
        // Without a key it is not asked for its tickets: what it sends is what there is.
        TestDatabase.shared()
                .owner()
                .update(
                        "DELETE FROM integration_secrets WHERE connection_id = ? AND field = ?",
                        provider.connection(),
                        "api_key");
        return new Helpdesk(tenant, provider, provider.path());
    }

    /** A ticket that no other number has; its requester has others too. */
    static byte[] ticket(long number) {
        Instant updated = FIRST.plusSeconds(number % 10_000_000);
        int person = (int) (number * 7919 % PEOPLE);
        return """
        {"event": "ticket_updated", "ticket_id": "%d", "subject": "Order %d has not arrived",
         "description": "I ordered a lamp two weeks ago, and it is still not here. %s",
         "status": "2", "priority": "1", "created_at": "%s", "updated_at": "%s",
         "requester": {"id": "%d", "name": "%s %s", "email": "person.%d@example.com"}}
        """
                .formatted(
                        number,
                        number,
                        CHATTER,
                        updated,
                        updated,
                        person,
                        GIVEN[person % GIVEN.length],
                        FAMILY[person % FAMILY.length],
                        person)
                .getBytes(StandardCharsets.UTF_8);
    }
}
