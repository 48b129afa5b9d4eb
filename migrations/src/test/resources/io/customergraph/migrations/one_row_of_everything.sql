-- One row in every table for the tenant of the setting test.tenant. A new table is added here, else the isolation test
-- says so. Ids are made of the tenant and a number: the same in every run, different in every tenant.
CREATE FUNCTION pg_temp.t() RETURNS text LANGUAGE sql AS $$ SELECT current_setting('test.tenant') $$;
CREATE FUNCTION pg_temp.id(n integer) RETURNS uuid LANGUAGE sql AS $$ SELECT md5(pg_temp.t() || n)::uuid $$;

INSERT INTO tenants (id, name, default_region, default_currency) VALUES (pg_temp.t(), 'Test', 'SA', 'SAR');
INSERT INTO api_keys (tenant_id, id, name, prefix, key_hash, scopes)
VALUES (pg_temp.t(), pg_temp.id(1), 'test', 'cg_test', sha256(pg_temp.t()::bytea), '{customers:read}');
INSERT INTO audit_log (tenant_id, id, actor, action, subject_type, subject_id)
VALUES (pg_temp.t(), pg_temp.id(2), 'test', 'test', 'customer', pg_temp.id(3));

INSERT INTO customers (tenant_id, id, email, source)
VALUES (pg_temp.t(), pg_temp.id(3), 'someone@example.com', 'shopify');
INSERT INTO customer_search (tenant_id, customer_id, search_text)
VALUES (pg_temp.t(), pg_temp.id(3), 'someone@example.com');
INSERT INTO customer_identifiers (
    tenant_id, id, customer_id, kind, value, canonical, assurance, source_type, valid_from)
VALUES (pg_temp.t(), pg_temp.id(4), pg_temp.id(3), 'email', 'someone@example.com', 'someone@example.com', 'verified',
        'shopify', now());
INSERT INTO customer_field_values (tenant_id, customer_id, field, value, source_type, assurance, observed_at)
VALUES (pg_temp.t(), pg_temp.id(3), 'email', 'someone@example.com', 'shopify', 'verified', now());
INSERT INTO customer_entries (tenant_id, customer_id, field, value)
VALUES (pg_temp.t(), pg_temp.id(3), 'first_name', 'Someone');
INSERT INTO customer_consents (tenant_id, id, customer_id, channel, purpose, state, source_type, recorded_at)
VALUES (pg_temp.t(), pg_temp.id(5), pg_temp.id(3), 'email', 'marketing', 'denied', 'shopify', now());
INSERT INTO change_events (tenant_id, kind, customer_id) VALUES (pg_temp.t(), 'customer_created', pg_temp.id(3));

INSERT INTO shopify_products (
    tenant_id, id, source_account, shopify_product_id, created_at, updated_at, content_hash)
VALUES (pg_temp.t(), pg_temp.id(10), 'shop', 1, now(), now(), '');
INSERT INTO shopify_product_variants (
    tenant_id, id, source_account, shopify_variant_id, product_id, created_at, updated_at)
VALUES (pg_temp.t(), pg_temp.id(11), 'shop', 1, pg_temp.id(10), now(), now());
INSERT INTO shopify_customers (
    tenant_id, id, source_account, shopify_customer_id, customer_id, created_at, updated_at, content_hash)
VALUES (pg_temp.t(), pg_temp.id(12), 'shop', 1, pg_temp.id(3), now(), now(), '');
INSERT INTO shopify_orders (
    tenant_id, id, source_account, shopify_order_id, customer_id, total_price, currency, financial_status, created_at,
    updated_at, content_hash)
VALUES (pg_temp.t(), pg_temp.id(13), 'shop', 1, pg_temp.id(3), 10, 'SAR', 'paid', now(), now(), '');
INSERT INTO shopify_order_items (
    tenant_id, id, source_account, shopify_line_item_id, order_id, product_id, variant_id, quantity, currency, position)
VALUES (pg_temp.t(), pg_temp.id(14), 'shop', 1, pg_temp.id(13), pg_temp.id(10), pg_temp.id(11), 1, 'SAR', 0);

INSERT INTO shopify_refunds (
    tenant_id, id, source_account, shopify_refund_id, shopify_order_id, amount, created_at, updated_at, content_hash)
VALUES (pg_temp.t(), pg_temp.id(15), 'shop', 1, 1, 0, now(), now(), '');
INSERT INTO record_tombstones (tenant_id, record_type, source_type, source_account, external_id, deleted_at, is_final)
VALUES (pg_temp.t(), 'shopify_order', 'shopify', 'shop', '2', now(), true);

INSERT INTO support_tickets (
    tenant_id, id, source_type, source_account, external_id, customer_id, status, created_at, updated_at, content_hash)
VALUES (pg_temp.t(), pg_temp.id(20), 'freshdesk', 'help', '1', pg_temp.id(3), 'open', now(), now(), '');
INSERT INTO support_contacts (
    tenant_id, id, source_type, source_account, external_id, customer_id, is_active, created_at, updated_at, content_hash)
VALUES (pg_temp.t(), pg_temp.id(360), 'freshdesk', 'help', '1', pg_temp.id(3), true, now(), now(), '');
INSERT INTO appointments (
    tenant_id, id, source_type, source_account, external_id, customer_id, appointment_date, status, created_at,
    updated_at, content_hash)
VALUES (pg_temp.t(), pg_temp.id(21), 'calendly', 'shop', '1', pg_temp.id(3), now(), 'scheduled', now(), now(), '');
INSERT INTO prospects (
    tenant_id, id, source_type, source_account, external_id, customer_id, status, created_at, updated_at, content_hash)
VALUES (pg_temp.t(), pg_temp.id(22), 'website', 'form', '1', pg_temp.id(3), 'new', now(), now(), '');
INSERT INTO omni_conversations (
    tenant_id, id, source_type, source_account, external_id, customer_id, channel, status, first_message_at,
    last_message_at, message_count, created_at, updated_at, content_hash)
VALUES (pg_temp.t(), pg_temp.id(23), 'whatsapp', 'shop', '1', pg_temp.id(3), 'whatsapp', 'open', now(), now(), 1,
        now(), now(), '');
INSERT INTO omni_messages (tenant_id, id, conversation_id, external_id, direction, sent_at)
VALUES (pg_temp.t(), pg_temp.id(24), pg_temp.id(23), '1', 'inbound', now());
INSERT INTO transactions (
    tenant_id, id, source_type, source_account, external_id, customer_id, status, told_status, amount, currency,
    created_at, updated_at, content_hash)
VALUES (pg_temp.t(), pg_temp.id(25), 'xendit', 'shop', '1', pg_temp.id(3), 'paid', 'paid', 5, 'EUR', now(), now(), '');
INSERT INTO transaction_refunds (
    tenant_id, id, source_type, source_account, external_id, payment_external_id, status, amount, currency, stage,
    created_at, updated_at, content_hash)
VALUES (pg_temp.t(), pg_temp.id(320), 'xendit', 'shop', '1', '1', 'pending', 5, 'EUR', 0, now(), now(), '');
INSERT INTO enrollments (
    tenant_id, id, source_type, source_account, external_id, customer_id, program, status, enrolled_at, created_at,
    updated_at, content_hash)
VALUES (pg_temp.t(), pg_temp.id(26), 'academy', 'school', '1', pg_temp.id(3), 'Arabic', 'active', now(), now(), now(),
        '');

INSERT INTO match_decisions (tenant_id, id, kind, customer_id, record_type, record_id, rule, actor)
SELECT tenant_id, gen_random_uuid(), 'link', customer_id, record_type, record_id, 'email', 'test'
FROM record_people
WHERE tenant_id = pg_temp.t();
INSERT INTO customers (tenant_id, id, source, status, merged_into)
VALUES (pg_temp.t(), pg_temp.id(30), 'shopify', 'merged', pg_temp.id(3));
INSERT INTO match_candidates (
    tenant_id, id, customer_id, other_customer_id, reason, status, closed_at, closed_by)
VALUES (pg_temp.t(), pg_temp.id(31), least(pg_temp.id(3), pg_temp.id(30)), greatest(pg_temp.id(3), pg_temp.id(30)),
        'conflict', 'merged', now(), 'test');
INSERT INTO match_decisions (tenant_id, id, kind, customer_id, other_customer_id, rule, actor)
VALUES (pg_temp.t(), pg_temp.id(32), 'merge', pg_temp.id(3), pg_temp.id(30), 'steward', 'test');
INSERT INTO match_runs (tenant_id, id, mode, actor) VALUES (pg_temp.t(), pg_temp.id(33), 'dry_run', 'test');
INSERT INTO match_models (
    tenant_id, id, version, model, run_id, customers, rounds, last_change, converged, expected_matches, patterns, actor)
VALUES (pg_temp.t(), pg_temp.id(34), 'trained-1', '{}', pg_temp.id(33), 1000, 20, 0.00001, true, 50, 100, 'test');

-- The catalogue is the platform's: the second tenant finds it there.
SELECT register_integration_providers(
    '[{"provider": "shopify", "name": "Shopify", "category": "commerce", "is_mena_provider": false,
       "supported_countries": [], "supported_currencies": [], "primary_locale": "en", "capabilities": ["orders"],
       "payment_capabilities": [], "definition": {}}]');
INSERT INTO integration_connections (tenant_id, id, provider, name, environment, account, status)
VALUES (pg_temp.t(), pg_temp.id(40), 'shopify', 'Shop', 'production', 'shop.myshopify.com', 'active');
INSERT INTO integration_secrets (tenant_id, id, connection_id, field, ciphertext, key_id)
VALUES (pg_temp.t(), pg_temp.id(41), pg_temp.id(40), 'access_token', '\x0100000001ffff', 1);
INSERT INTO integration_webhook_configs (tenant_id, id, connection_id)
VALUES (pg_temp.t(), pg_temp.id(42), pg_temp.id(40));
INSERT INTO integration_events (tenant_id, id, connection_id, delivery_id, topic, body_ref, body_sha256, body_bytes)
VALUES (pg_temp.t(), pg_temp.id(43), pg_temp.id(40), '1', 'orders/create', 'a', sha256(''), 0);
INSERT INTO integration_body_sweeps (tenant_id, begun_at) VALUES (pg_temp.t(), now());
INSERT INTO integration_syncs (tenant_id, connection_id, resource) VALUES (pg_temp.t(), pg_temp.id(40), 'orders');
INSERT INTO reconciliations (tenant_id, id, connection_id, repairs, actor, status, phase)
VALUES (pg_temp.t(), pg_temp.id(370), pg_temp.id(40), false, 'test', 'running', 'comparing');
INSERT INTO reconciliation_entities (tenant_id, reconciliation_id, record_type, is_whole)
VALUES (pg_temp.t(), pg_temp.id(370), 'shopify_order', true);
INSERT INTO reconciliation_differences (tenant_id, id, reconciliation_id, position, record_type, external_id, kind)
VALUES (pg_temp.t(), pg_temp.id(371), pg_temp.id(370), 1, 'shopify_order', '1', 'missing');
INSERT INTO reconciliation_records (
    tenant_id, reconciliation_id, record_type, external_id, updated_at, content_hash, reading, is_rejected)
VALUES (pg_temp.t(), pg_temp.id(370), 'shopify_order', '1', now(), '', 1, false);
INSERT INTO webhook_access_logs (tenant_id, id, connection_id, event_id, actor, purpose)
VALUES (pg_temp.t(), pg_temp.id(44), pg_temp.id(40), pg_temp.id(43), 'test', 'read');
INSERT INTO integration_oauth_states (
    tenant_id, id, connection_id, provider, state_hash, actor, code_verifier, redirect_uri, expires_at)
VALUES (pg_temp.t(), pg_temp.id(45), pg_temp.id(40), 'shopify', sha256(pg_temp.t()::bytea), 'test', '\x01',
        'https://api.example/oauth/callback/shopify', now() + interval '10 minutes');
INSERT INTO integration_pushes (tenant_id, connection_id, request_id, body_sha256, answer)
VALUES (pg_temp.t(), pg_temp.id(40), 'msg_1', sha256(''), '{}');
INSERT INTO integration_api_logs (
    tenant_id, id, connection_id, method, host, path, status, attempt, duration_ms, occurred_at)
VALUES (pg_temp.t(), pg_temp.id(46), pg_temp.id(40), 'POST', 'shop.myshopify.com', '/admin/api/{version}/graphql.json',
        200, 1, 12, now());
SELECT record_integration_metric(pg_temp.t(), pg_temp.id(40), 'api_call', now(), 1, 0, 12, 12);
INSERT INTO dialog_360_clients (tenant_id, id, client_id, name, status)
VALUES (pg_temp.t(), pg_temp.id(50), pg_temp.t() || '-client', 'Shop', 'active');
INSERT INTO dialog_360_channels (tenant_id, id, dialog_360_client_id, channel_id, status)
VALUES (pg_temp.t(), pg_temp.id(51), pg_temp.id(50), pg_temp.t() || '-channel', 'running');
INSERT INTO meta_whatsapp_clients (tenant_id, id, connection_id, waba_id, name, status)
VALUES (pg_temp.t(), pg_temp.id(53), pg_temp.id(40), abs(hashtext(pg_temp.t()))::text || '00000', 'Shop', 'active');
INSERT INTO meta_whatsapp_phone_numbers (
    tenant_id, id, meta_whatsapp_client_id, phone_number_id, phone_number, status)
VALUES (pg_temp.t(), pg_temp.id(54), pg_temp.id(53), abs(hashtext(pg_temp.t()))::text || '00001', '+966501112223',
        'connected');

INSERT INTO erasure_keys (tenant_id, ciphertext, key_id) VALUES (pg_temp.t(), '\x0100000001ffff', 1);
INSERT INTO erased_identities (tenant_id, hash, erased_at) VALUES (pg_temp.t(), sha256(pg_temp.t()::bytea), now());
INSERT INTO privacy_requests (tenant_id, id, kind, actor, due_at)
VALUES (pg_temp.t(), pg_temp.id(380), 'export', 'test', now());
