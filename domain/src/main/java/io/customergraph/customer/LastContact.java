package io.customergraph.customer;

/** When customers were last in contact, worked out from what there is of them. */
public final class LastContact {

    private LastContact() {}

    /**
     * A statement that works it out again.
     *
     * @param which a constant condition on the customers {@code c}
     */
    public static String of(String which) {
        return """
        UPDATE customers c
        SET last_contact_at = (
            SELECT max(at)
            FROM (SELECT max(appointment_date) AS at FROM appointments
                  WHERE tenant_id = :tenant AND customer_id = c.id
                  UNION ALL
                  SELECT max(last_message_at) FROM omni_conversations
                  WHERE tenant_id = :tenant AND customer_id = c.id
                  UNION ALL
                  SELECT max(created_at) FROM support_tickets
                  WHERE tenant_id = :tenant AND customer_id = c.id
                  UNION ALL
                  SELECT max(created_at) FROM shopify_orders
                  WHERE tenant_id = :tenant AND customer_id = c.id) AS contacts)
        WHERE c.tenant_id = :tenant AND %s
        """
                .formatted(which);
    }
}
