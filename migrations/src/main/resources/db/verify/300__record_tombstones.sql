WITH records AS (
    SELECT tenant_id, 'shopify_product' AS record_type, 'shopify' AS source_type, source_account,
           shopify_product_id::text AS external_id, updated_at
    FROM shopify_products
    UNION ALL
    SELECT tenant_id, 'shopify_customer', 'shopify', source_account, shopify_customer_id::text, updated_at
    FROM shopify_customers
    UNION ALL
    SELECT tenant_id, 'shopify_order', 'shopify', source_account, shopify_order_id::text, updated_at FROM shopify_orders
    UNION ALL
    SELECT tenant_id, 'support_ticket', source_type, source_account, external_id, updated_at FROM support_tickets
    UNION ALL
    SELECT tenant_id, 'appointment', source_type, source_account, external_id, updated_at FROM appointments
    UNION ALL
    SELECT tenant_id, 'prospect', source_type, source_account, external_id, updated_at FROM prospects
    UNION ALL
    SELECT tenant_id, 'omni_conversation', source_type, source_account, external_id, updated_at FROM omni_conversations
    UNION ALL
    SELECT tenant_id, 'transaction', source_type, source_account, external_id, updated_at FROM transactions
    UNION ALL
    SELECT tenant_id, 'enrollment', source_type, source_account, external_id, updated_at FROM enrollments)
SELECT 'record that its source deleted' AS problem, tenant_id, record_type, source_account, external_id
FROM records r
JOIN record_tombstones t USING (tenant_id, record_type, source_type, source_account, external_id)
WHERE t.is_final OR r.updated_at <= t.deleted_at;
