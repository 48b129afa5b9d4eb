package io.customergraph.statistics;

import io.customergraph.testing.TestDatabase;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/** One tenant's rows, written as the owner writes them: no code of the application is between. */
final class StatisticsRows {

    private static final List<String> TABLES =
            List.of(
                    "support_tickets",
                    "appointments",
                    "omni_conversations",
                    "shopify_orders",
                    "transactions");

    private final JdbcTemplate database = TestDatabase.shared().owner();
    private final String tenant = TestDatabase.shared().newTenant().value();

    UUID customer() {
        UUID id = UUID.randomUUID();
        database.update(
                "INSERT INTO customers (tenant_id, id, source) VALUES (?, ?, 'manual')",
                tenant,
                id);
        return id;
    }

    UUID ticket(@Nullable UUID customer, String at) {
        UUID id = UUID.randomUUID();
        database.update(
                """
                INSERT INTO support_tickets (
                    tenant_id, id, source_type, source_account, external_id, customer_id, status,
                    created_at, updated_at, content_hash)
                VALUES (?, ?, 'freshdesk', 'help', ?, ?, 'open', ?, now(), '')
                """,
                tenant,
                id,
                id.toString(),
                customer,
                time(at));
        return id;
    }

    UUID appointment(@Nullable UUID customer, String at) {
        UUID id = UUID.randomUUID();
        database.update(
                """
                INSERT INTO appointments (
                    tenant_id, id, source_type, source_account, external_id, customer_id,
                    appointment_date, status, created_at, updated_at, content_hash)
                VALUES (?, ?, 'calendly', 'shop', ?, ?, ?, 'scheduled', now(), now(), '')
                """,
                tenant,
                id,
                id.toString(),
                customer,
                time(at));
        return id;
    }

    UUID conversation(@Nullable UUID customer, String lastMessageAt) {
        UUID id = UUID.randomUUID();
        database.update(
                """
                INSERT INTO omni_conversations (
                    tenant_id, id, source_type, source_account, external_id, customer_id, channel,
                    status, first_message_at, last_message_at, created_at, updated_at, content_hash)
                VALUES (?, ?, 'whatsapp', 'shop', ?, ?, 'whatsapp', 'open', ?, ?, now(), now(), '')
                """,
                tenant,
                id,
                id.toString(),
                customer,
                time(lastMessageAt),
                time(lastMessageAt));
        return id;
    }

    UUID order(@Nullable UUID customer, String total, String currency) {
        UUID id = UUID.randomUUID();
        database.update(
                """
                INSERT INTO shopify_orders (
                    tenant_id, id, source_account, shopify_order_id, customer_id, total_price,
                    currency, financial_status, created_at, updated_at, content_hash)
                VALUES (?, ?, 'shop', ?, ?, ?, ?, 'paid', '2026-01-01Z', now(), '')
                """,
                tenant,
                id,
                shopifyId(id),
                customer,
                new BigDecimal(total),
                currency);
        return id;
    }

    UUID payment(@Nullable UUID customer, String amount, String currency, @Nullable UUID order) {
        UUID id = UUID.randomUUID();
        database.update(
                """
                INSERT INTO transactions (
                    tenant_id, id, source_type, source_account, external_id, customer_id, status,
                    told_status, amount, currency, shopify_order_id, created_at, updated_at,
                    content_hash)
                VALUES (?, ?, 'xendit', 'shop', ?, ?, 'paid', 'paid', ?, ?, ?, now(), now(), '')
                """,
                tenant,
                id,
                id.toString(),
                customer,
                new BigDecimal(amount),
                currency,
                order == null ? null : shopifyId(order));
        return id;
    }

    /** Runs a statement whose first parameter is the tenant. */
    int update(String sql, @Nullable Object... arguments) {
        @Nullable Object[] all = new @Nullable Object[arguments.length + 1];
        all[0] = tenant;
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        return database.update(sql, all);
    }

    void relink(String table, UUID row, @Nullable UUID customer) {
        database.update(
                "UPDATE " + table + " SET customer_id = ? WHERE tenant_id = ? AND id = ?",
                customer,
                tenant,
                row);
    }

    /** As a merge does: one statement a table. */
    void moveEverything(UUID from, UUID to) {
        for (String table : TABLES) {
            database.update(
                    "UPDATE "
                            + table
                            + " SET customer_id = ? WHERE tenant_id = ? AND customer_id = ?",
                    to,
                    tenant,
                    from);
        }
    }

    /** Appointments, conversations, tickets and orders, as the customer's row has them. */
    String counts(UUID customer) {
        return String.valueOf(
                database.queryForObject(
                        """
                        SELECT concat_ws(' ', total_appointments, total_conversations,
                                         total_tickets, total_orders)
                        FROM customers
                        WHERE tenant_id = ? AND id = ?
                        """,
                        String.class,
                        tenant,
                        customer));
    }

    @Nullable Instant lastContact(UUID customer) {
        OffsetDateTime at =
                database.queryForObject(
                        "SELECT last_contact_at FROM customers WHERE tenant_id = ? AND id = ?",
                        OffsetDateTime.class,
                        tenant,
                        customer);
        return at == null ? null : at.toInstant();
    }

    /** What the customer paid, by currency; currencies of which nothing is left are left out. */
    Map<String, String> lifetimeValue(UUID customer) {
        return database
                .queryForList(
                        """
                        SELECT currency::text AS currency, trim_scale(amount)::text AS amount
                        FROM customer_lifetime_values
                        WHERE tenant_id = ? AND customer_id = ? AND amount <> 0
                        """,
                        tenant,
                        customer)
                .stream()
                .collect(
                        Collectors.toMap(
                                row -> String.valueOf(row.get("currency")),
                                row -> String.valueOf(row.get("amount"))));
    }

    String tenant() {
        return tenant;
    }

    private static long shopifyId(UUID id) {
        return id.getMostSignificantBits() >>> 1;
    }

    private static OffsetDateTime time(String at) {
        return Instant.parse(at).atOffset(ZoneOffset.UTC);
    }
}
