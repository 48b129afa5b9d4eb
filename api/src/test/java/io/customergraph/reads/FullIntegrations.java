package io.customergraph.reads;

import java.util.List;

/** Connected accounts, each of which has everything several times. */
final class FullIntegrations {

    private static final String CONNECTIONS =
            """
            INSERT INTO integration_connections (
                tenant_id, id, provider, name, environment, account, status)
            SELECT ?, gen_random_uuid(), 'freshdesk', 'Desk', 'production', 'desk' || i, 'active'
            FROM generate_series(1, ?) AS i
            """;

    /** What each account has; the parameters are the tenant and how many of them. */
    private static final List<String> OF_EACH =
            List.of(
                    """
                    INSERT INTO integration_events (
                        tenant_id, id, connection_id, delivery_id, topic, body_ref, body_sha256,
                        body_bytes)
                    SELECT c.tenant_id, gen_random_uuid(), c.id, i::text, 'ticket', 'a',
                           sha256(''), 0
                    FROM integration_connections c, generate_series(1, 3) AS i
                    WHERE c.tenant_id = ?
                    """,
                    """
                    INSERT INTO integration_api_logs (
                        tenant_id, id, connection_id, method, host, path, status, attempt,
                        duration_ms, occurred_at)
                    SELECT c.tenant_id, gen_random_uuid(), c.id, 'GET', 'desk.example', '/', 200, 1,
                           5, now()
                    FROM integration_connections c, generate_series(1, 3) AS i
                    WHERE c.tenant_id = ?
                    """,
                    """
                    INSERT INTO integration_metrics_hourly (
                        tenant_id, connection_id, hour, metric, count, failures, duration_ms,
                        longest_ms)
                    SELECT c.tenant_id, c.id,
                           date_trunc('hour', now(), 'UTC') - make_interval(hours => i),
                           'api_call', 2, 1, 10, 5
                    FROM integration_connections c, generate_series(1, 3) AS i
                    WHERE c.tenant_id = ?
                    """,
                    """
                    INSERT INTO integration_syncs (
                        tenant_id, connection_id, resource, rejected, rejections)
                    SELECT c.tenant_id, c.id, 'tickets' || repeat('_', i), 2,
                           '[{"id": "1", "reason": "INVALID_ID"}, {"id": null, "reason": "NOT_JSON"}]'
                    FROM integration_connections c, generate_series(1, 3) AS i
                    WHERE c.tenant_id = ?
                    """,
                    """
                    INSERT INTO reconciliations (
                        tenant_id, id, connection_id, repairs, actor, status, finished_at)
                    SELECT c.tenant_id, gen_random_uuid(), c.id, true, 'test', 'finished', now()
                    FROM integration_connections c, generate_series(1, 3) AS i
                    WHERE c.tenant_id = ?
                    """,
                    """
                    INSERT INTO reconciliation_entities (
                        tenant_id, reconciliation_id, record_type, is_whole)
                    SELECT r.tenant_id, r.id, t.type, true
                    FROM reconciliations r,
                         unnest('{support_ticket,shopify_order,prospect}'::text[]) AS t (type)
                    WHERE r.tenant_id = ?
                    """,
                    """
                    INSERT INTO reconciliation_differences (
                        tenant_id, id, reconciliation_id, position, record_type, external_id, kind)
                    SELECT r.tenant_id, gen_random_uuid(), r.id, i, 'support_ticket', i::text, 'extra'
                    FROM reconciliations r, generate_series(1, 3) AS i
                    WHERE r.tenant_id = ?
                    """,
                    """
                    INSERT INTO dialog_360_clients (tenant_id, id, client_id, name, status)
                    SELECT c.tenant_id, c.id, c.id::text, 'Shop', 'active'
                    FROM integration_connections c
                    WHERE c.tenant_id = ?
                    """,
                    """
                    INSERT INTO dialog_360_channels (
                        tenant_id, id, dialog_360_client_id, connection_id, channel_id, status)
                    SELECT c.tenant_id, gen_random_uuid(), c.id, c.id, left(c.id::text || i, 64),
                           'running'
                    FROM integration_connections c, generate_series(1, 3) AS i
                    WHERE c.tenant_id = ?
                    """,
                    """
                    INSERT INTO meta_whatsapp_clients (
                        tenant_id, id, connection_id, waba_id, name, status)
                    SELECT c.tenant_id, c.id, c.id,
                           lpad((random() * 1e15)::bigint::text, 16, '1'), 'Shop', 'active'
                    FROM integration_connections c
                    WHERE c.tenant_id = ?
                    """,
                    """
                    INSERT INTO meta_whatsapp_phone_numbers (
                        tenant_id, id, meta_whatsapp_client_id, phone_number_id, phone_number, status)
                    SELECT c.tenant_id, gen_random_uuid(), c.id,
                           lpad((random() * 1e15)::bigint::text, 16, '1'), '+966501112223',
                           'connected'
                    FROM integration_connections c, generate_series(1, 3) AS i
                    WHERE c.tenant_id = ?
                    """);

    private FullIntegrations() {}

    /** As many accounts, each with three of everything. */
    static void know(GraphClient client, int accounts) {
        client.update(CONNECTIONS, accounts);
        OF_EACH.forEach(client::update);
    }
}
