package io.customergraph.testing;

import io.customergraph.tenant.TenantId;

import java.util.List;

/**
 * Every row of a tenant in every table, as text; bytes both as hexadecimal and as what they spell.
 */
public final class DatabaseDump {

    private DatabaseDump() {}

    public static String ofTenant(TenantId tenant) {
        List<String> tables =
                TestDatabase.shared()
                        .owner()
                        .queryForList(
                                """
                                SELECT DISTINCT table_name::text FROM information_schema.columns
                                WHERE table_schema = 'public' AND column_name = 'tenant_id'
                                """,
                                String.class);
        StringBuilder dump = new StringBuilder();
        for (String table : tables) {
            TestDatabase.shared()
                    .owner()
                    .queryForList(
                            "SELECT t::text FROM " + table + " t WHERE t.tenant_id = ?",
                            String.class,
                            tenant.value())
                    .forEach(dump::append);
        }
        TestDatabase.shared()
                .owner()
                .queryForList(
                        "SELECT encode(ciphertext, 'escape') FROM integration_secrets WHERE"
                                + " tenant_id = ?",
                        String.class,
                        tenant.value())
                .forEach(dump::append);
        return dump.toString();
    }
}
