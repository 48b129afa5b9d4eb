package io.customergraph.bench;

import io.customergraph.tenant.TenantId;
import io.customergraph.testing.TestDatabase;

import org.springframework.jdbc.core.JdbcTemplate;

/**
 * A tenant of many customers, each of whom is known by an e-mail address and a phone number, as
 * {@link #email} and {@link #phone} have them.
 */
record ManyPeople(TestDatabase database, TenantId tenant, int people) {

    private static final String CUSTOMERS =
            """
            INSERT INTO customers (
                tenant_id, id, source, first_name, last_name, email, phone, sort_name)
            SELECT ?, gen_random_uuid(), 'shopify', 'Ann', 'Lee' || n, 'ann' || n || '@shop.example',
                   '+9665' || lpad(n::text, 8, '0'), 'lee' || n || ' ann'
            FROM generate_series(10000001, 10000000 + ?) AS n
            """;

    private static final String IDENTIFIERS =
            """
            INSERT INTO customer_identifiers (
                tenant_id, id, customer_id, kind, scope, value, canonical, assurance, names_seen,
                source_type, valid_from)
            SELECT c.tenant_id, gen_random_uuid(), c.id, i.kind, '', i.value, i.value, 'verified',
                   jsonb_build_array(jsonb_build_array(c.first_name, c.last_name)), 'shopify', now()
            FROM customers c
            CROSS JOIN LATERAL (VALUES ('email', c.email), ('phone', c.phone)) AS i (kind, value)
            WHERE c.tenant_id = ?
            """;

    private static final String FIELD_VALUES =
            """
            INSERT INTO customer_field_values (
                tenant_id, customer_id, field, value, source_type, assurance, observed_at)
            SELECT c.tenant_id, c.id, f.field, f.value, 'shopify', 'verified', now()
            FROM customers c
            CROSS JOIN LATERAL (VALUES ('first_name', c.first_name), ('last_name', c.last_name),
                                       ('email', c.email), ('phone', c.phone)) AS f (field, value)
            WHERE c.tenant_id = ?
            """;

    static ManyPeople of(TestDatabase database, int people) {
        ManyPeople all = new ManyPeople(database, database.newTenant(), people);
        String tenant = all.tenant.value();
        JdbcTemplate owner = database.owner();
        owner.update(CUSTOMERS, tenant, people);
        owner.update(IDENTIFIERS, tenant);
        owner.update(FIELD_VALUES, tenant);
        owner.execute("VACUUM ANALYZE customers, customer_identifiers, customer_field_values");
        return all;
    }

    long identifiers() {
        Long count =
                database.owner()
                        .queryForObject(
                                "SELECT count(*) FROM customer_identifiers WHERE tenant_id = ?",
                                Long.class,
                                tenant.value());
        return count == null ? 0 : count;
    }

    static String name(int person) {
        return "Ann Lee" + number(person);
    }

    static String email(int person) {
        return "ann" + number(person) + "@shop.example";
    }

    static String phone(int person) {
        return "+9665" + number(person);
    }

    private static int number(int person) {
        return 10_000_001 + person;
    }
}
