SELECT json_agg(page) FROM (
    SELECT c.id, c.first_name, c.last_name, c.email, c.phone, c.total_orders, c.total_tickets, c.last_contact_at,
        (SELECT json_agg(o) FROM (
            SELECT id, order_number, total_price, currency, financial_status, created_at FROM shopify_orders
            WHERE tenant_id = 'demo' AND customer_id = c.id ORDER BY created_at DESC, id DESC LIMIT 5) o) AS orders,
        (SELECT json_agg(t) FROM (
            SELECT id, subject, status, priority, created_at FROM support_tickets
            WHERE tenant_id = 'demo' AND customer_id = c.id ORDER BY created_at DESC, id DESC LIMIT 5) t) AS tickets,
        (SELECT json_agg(a) FROM (
            SELECT id, service, status, appointment_date FROM appointments
            WHERE tenant_id = 'demo' AND customer_id = c.id ORDER BY appointment_date DESC, id DESC LIMIT 5) a) AS appointments,
        (SELECT json_agg(v) FROM (
            SELECT id, channel, status, last_message_at FROM omni_conversations
            WHERE tenant_id = 'demo' AND customer_id = c.id ORDER BY last_message_at DESC, id DESC LIMIT 5) v) AS conversations
    FROM (
        SELECT * FROM customers WHERE tenant_id = 'demo' AND status <> 'merged'
        ORDER BY created_at DESC, id DESC LIMIT 50) c) page;
