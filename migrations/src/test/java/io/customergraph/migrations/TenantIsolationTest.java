package io.customergraph.migrations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** What tables there are is asked of the catalog, so that a new one cannot be forgotten. */
class TenantIsolationTest {

    private static final String INSUFFICIENT_PRIVILEGE = "42501";

    /** What can be connected is the platform's and no tenant's, and everybody may read it. */
    private static final String CATALOGUE = "integration_providers";

    private static final OperatorDatabase DATABASE = database();

    private static OperatorDatabase database() {
        try {
            return OperatorDatabase.migrated();
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    @BeforeAll
    static void two_tenants_have_a_row_of_everything() throws SQLException {
        OneRowOfEverything.insert(DATABASE, "ours");
        OneRowOfEverything.insert(DATABASE, "theirs");
    }

    static List<String> tenantTables() throws SQLException {
        return DATABASE.rows(
                """
                SELECT c.relname
                FROM pg_class c
                JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'tenant_id'
                WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
                ORDER BY 1
                """);
    }

    static List<String> tables() throws SQLException {
        return DATABASE.rows(
                """
                SELECT relname FROM pg_class
                WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p', 'v', 'm')
                ORDER BY 1
                """);
    }

    @Test
    void every_table_is_of_a_tenant() throws SQLException {
        List<String> others = new ArrayList<>(tables());
        others.removeAll(tenantTables());

        assertThat(others)
                .containsExactlyInAnyOrder(
                        "tenants",
                        "unified_profiles",
                        "record_people",
                        "merchant_integrations",
                        "partner_configurations",
                        "partner_secrets",
                        CATALOGUE,
                        "flyway_schema_history");
    }

    @ParameterizedTest
    @MethodSource("tenantTables")
    void a_tenants_table_has_row_level_security_and_one_policy_for_everything(String table)
            throws SQLException {
        String isOurs =
                "(tenant_id = ( SELECT current_setting('customergraph.tenant'::text, true)"
                        + " AS current_setting))";

        assertThat(
                        DATABASE.rows(
                                """
                                SELECT c.relrowsecurity, p.polcmd, p.polpermissive, p.polroles,
                                       pg_get_expr(p.polqual, c.oid), pg_get_expr(p.polwithcheck, c.oid)
                                FROM pg_class c
                                LEFT JOIN pg_policy p ON p.polrelid = c.oid
                                WHERE c.oid = '%s'::regclass
                                """
                                        .formatted(table)))
                .containsExactly("t * t {0} " + isOurs + " " + isOurs);
    }

    @ParameterizedTest
    @MethodSource("tenantTables")
    void its_keys_and_foreign_keys_begin_with_the_tenant(String table) throws SQLException {
        assertThat(
                        DATABASE.rows(
                                """
                                SELECT n.conname, pg_get_constraintdef(n.oid)
                                FROM pg_constraint n
                                WHERE n.conrelid = '%s'::regclass
                                  AND n.contype IN ('p', 'f')
                                  AND NOT ((SELECT attname FROM pg_attribute
                                            WHERE attrelid = n.conrelid AND attnum = n.conkey[1]) = 'tenant_id'
                                           AND (n.contype = 'p'
                                                OR (SELECT attname FROM pg_attribute
                                                    WHERE attrelid = n.confrelid AND attnum = n.confkey[1])
                                                   = CASE n.confrelid WHEN 'tenants'::regclass THEN 'id'
                                                     ELSE 'tenant_id' END))
                                """
                                        .formatted(table)))
                .isEmpty();
        assertThat(
                        DATABASE.rows(
                                """
                                SELECT contype FROM pg_constraint
                                WHERE conrelid = '%s'::regclass AND contype IN ('p', 'f')
                                """
                                        .formatted(table)))
                .contains("p", "f");
    }

    @Test
    void the_application_owns_nothing_and_is_no_superuser() throws SQLException {
        assertThat(
                        DATABASE.rows(
                                """
                                SELECT classid::regclass, objid FROM pg_shdepend
                                WHERE refobjid = 'customergraph_app'::regrole
                                  AND deptype = 'o'
                                  AND dbid IN (0, (SELECT oid FROM pg_database
                                                   WHERE datname = current_database()))
                                """))
                .isEmpty();
        assertThat(
                        DATABASE.rows(
                                """
                                SELECT rolsuper, rolbypassrls, rolcreaterole, rolcreatedb FROM pg_roles
                                WHERE rolname = 'customergraph_app'
                                """))
                .containsExactly("f f f f");
    }

    @Test
    void views_look_with_the_eyes_of_who_asks() throws SQLException {
        assertThat(
                        DATABASE.rows(
                                """
                                SELECT relname FROM pg_class
                                WHERE relnamespace = 'public'::regnamespace
                                  AND relkind IN ('v', 'm')
                                  AND NOT coalesce('security_invoker=true' = ANY (reloptions), false)
                                """))
                .isEmpty();
    }

    @Test
    void functions_that_run_as_the_owner_are_these_and_nobody_else_may_call_them()
            throws SQLException {
        assertThat(
                        DATABASE.rows(
                                """
                                SELECT p.proname, has_function_privilege('public', p.oid, 'EXECUTE'),
                                       has_function_privilege('customergraph_app', p.oid, 'EXECUTE')
                                FROM pg_proc p
                                WHERE p.pronamespace = 'public'::regnamespace AND p.prosecdef
                                ORDER BY 1
                                """))
                .containsExactly(
                        "analyze_grown_tables f t",
                        "authenticate_api_key f t",
                        "cleanup_expired_oauth_states f t",
                        "cleanup_old_integration_calls f t",
                        "cleanup_old_pushes f t",
                        "forget_match_evidence f t",
                        "integration_queue_depths f t",
                        "partner_profiles f t",
                        "register_integration_providers f t",
                        "search_customers f t",
                        "tenant_of_connection f t",
                        "tenants_with_due_body_sweeps f t",
                        "tenants_with_due_candidates f t",
                        "tenants_with_due_integration_events f t",
                        "tenants_with_due_privacy_requests f t",
                        "tenants_with_due_reconciliations f t",
                        "tenants_with_due_syncs f t",
                        "tenants_with_due_token_refreshes f t",
                        "tenants_with_old_bodies f t",
                        "tenants_with_waiting_runs f t",
                        "use_oauth_state f t");
    }

    @Test
    void a_search_finds_customers_of_the_tenant_that_asks_and_none_without_one()
            throws SQLException {
        String search = "SELECT customer_id FROM search_customers('someone@example.com', 10)";
        String ours = "SELECT id FROM customers WHERE tenant_id = 'ours' AND status = 'active'";
        try (Connection application = application("ours");
                Connection unbound = application("")) {
            assertThat(OperatorDatabase.rows(application, search)).isEqualTo(DATABASE.rows(ours));
            assertThat(OperatorDatabase.rows(unbound, search)).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("tables")
    void without_a_tenant_the_application_sees_no_row(String table) throws SQLException {
        if (table.equals(CATALOGUE)) {
            return;
        }
        try (Connection application = application("")) {
            assertThat(visible(application, table, "true")).isZero();
        }
    }

    @Test
    void the_catalogue_is_read_by_everybody_and_written_by_its_function_only() throws SQLException {
        try (Connection application = application("")) {
            assertThat(visible(application, CATALOGUE, "true")).isPositive();
            for (String change :
                    List.of(
                            "UPDATE integration_providers SET name = 'Ours'",
                            "DELETE FROM integration_providers",
                            "INSERT INTO integration_providers (provider) VALUES ('ours')")) {
                assertThat(failure(application, change)).isEqualTo(INSUFFICIENT_PRIVILEGE);
            }
        }
    }

    @Test
    void the_platforms_own_accounts_are_seen_and_changed_only_by_who_says_so() throws SQLException {
        DATABASE.execute(
                """
                INSERT INTO partner_configurations (provider, id, name, is_public)
                VALUES ('shopify', gen_random_uuid(), 'Ours', true), ('twilio', gen_random_uuid(), 'Hidden', false);
                INSERT INTO partner_secrets (provider, field, ciphertext, key_id)
                VALUES ('shopify', 'client_secret', '\\x0100000001ffff', 1)
                """);
        String rename = "UPDATE partner_configurations SET name = 'Changed'";
        try (Connection application = application("ours");
                Statement statement = application.createStatement()) {
            assertThat(visible(application, "partner_configurations", "true")).isZero();
            assertThat(visible(application, "partner_secrets", "true")).isZero();
            assertThat(changed(application, rename)).isZero();
            assertThat(
                            failure(
                                    application,
                                    "INSERT INTO partner_configurations (provider, id, name)"
                                            + " VALUES ('dialog_360', gen_random_uuid(), 'x')"))
                    .isEqualTo(INSUFFICIENT_PRIVILEGE);
            assertThat(
                            OperatorDatabase.rows(
                                    application, "SELECT provider, name FROM partner_profiles()"))
                    .containsExactly("shopify Ours");

            statement.execute("SET customergraph.platform = 'use'");
            assertThat(visible(application, "partner_secrets", "true")).isEqualTo(1);
            assertThat(changed(application, rename)).isZero();

            statement.execute("SET customergraph.platform = 'admin'");
            assertThat(changed(application, rename)).isEqualTo(2);
            assertThat(failure(application, "DELETE FROM partner_configurations"))
                    .isEqualTo(INSUFFICIENT_PRIVILEGE);
        }
        DATABASE.execute("DELETE FROM partner_secrets; DELETE FROM partner_configurations");
    }

    @Test
    void a_connection_names_its_tenant_and_waiting_deliveries_name_theirs() throws SQLException {
        String theirs =
                DATABASE.rows("SELECT id FROM integration_connections WHERE tenant_id = 'theirs'")
                        .getFirst();
        try (Connection application = application("")) {
            assertThat(
                            OperatorDatabase.rows(
                                    application,
                                    "SELECT * FROM tenant_of_connection('" + theirs + "')"))
                    .containsExactly("theirs shopify active");
            assertThat(
                            OperatorDatabase.rows(
                                    application,
                                    "SELECT * FROM tenant_of_connection(gen_random_uuid())"))
                    .isEmpty();
            assertThat(
                            OperatorDatabase.rows(
                                    application, "SELECT tenants_with_due_integration_events()"))
                    .containsExactly("ours", "theirs");
        }
    }

    @Test
    void the_seeds_functions_change_nothing_of_another_tenant() throws SQLException {
        String theirs =
                DATABASE.rows("SELECT id FROM integration_connections WHERE tenant_id = 'theirs'")
                        .getFirst();
        try (Connection application = application("ours")) {
            assertThat(
                            OperatorDatabase.rows(
                                    application,
                                    "SELECT update_integration_health('theirs', '%s', false, 'x')"
                                            .formatted(theirs)))
                    .containsExactly("null");
            assertThatThrownBy(
                            () ->
                                    OperatorDatabase.rows(
                                            application,
                                            "SELECT record_integration_metric('theirs', '%s', 'api_call', now())"
                                                    .formatted(theirs)))
                    .isInstanceOfSatisfying(
                            SQLException.class,
                            refused ->
                                    assertThat(refused.getSQLState())
                                            .isEqualTo(INSUFFICIENT_PRIVILEGE));
        }
        assertThat(
                        DATABASE.rows(
                                """
                                SELECT c.health, m.count
                                FROM integration_connections c
                                JOIN integration_metrics_hourly m USING (tenant_id)
                                WHERE c.tenant_id = 'theirs'
                                """))
                .containsExactly("unknown 1");
    }

    @ParameterizedTest
    @MethodSource("tenantTables")
    void with_one_tenant_it_reads_those_rows_and_no_others(String table) throws SQLException {
        assertThat(DATABASE.rows("SELECT FROM " + table + " WHERE tenant_id = 'theirs'"))
                .as("add a row of this table to one_row_of_everything.sql")
                .isNotEmpty();
        try (Connection application = application("ours")) {
            assertThat(visible(application, table, "tenant_id = 'ours'")).isPositive();
            assertThat(visible(application, table, "tenant_id <> 'ours'")).isZero();
        }
    }

    @ParameterizedTest
    @MethodSource("tenantTables")
    void it_cannot_change_or_delete_rows_of_another(String table) throws SQLException {
        try (Connection application = application("ours")) {
            for (String change :
                    List.of(
                            "UPDATE %s SET tenant_id = tenant_id WHERE tenant_id = 'theirs'",
                            "DELETE FROM %s WHERE tenant_id = 'theirs'")) {
                assertThat(changed(application, change.formatted(table))).isZero();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("tenantTables")
    void it_cannot_write_a_row_for_another_or_give_one_away(String table) throws SQLException {
        String theirs =
                DATABASE.rows(
                                "SELECT to_jsonb(r) FROM %s r WHERE tenant_id = 'theirs' LIMIT 1"
                                        .formatted(table))
                        .getFirst()
                        .replace("'", "''");
        try (Connection application = application("ours")) {
            assertThat(
                            failure(
                                    application,
                                    "INSERT INTO %1$s OVERRIDING SYSTEM VALUE SELECT * FROM jsonb_populate_record(NULL::%1$s, '%2$s')"
                                            .formatted(table, theirs)))
                    .isEqualTo(INSUFFICIENT_PRIVILEGE);
            assertThat(failure(application, "UPDATE " + table + " SET tenant_id = 'theirs'"))
                    .isEqualTo(INSUFFICIENT_PRIVILEGE);
        }
    }

    private static Connection application(String tenant) throws SQLException {
        Connection connection = DATABASE.connection();
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET ROLE customergraph_app");
            if (!tenant.isEmpty()) {
                statement.execute("SET customergraph.tenant = '" + tenant + "'");
            }
        }
        return connection;
    }

    /** How many rows it sees; a table that it may not read at all has none for it. */
    private static long visible(Connection application, String table, String condition)
            throws SQLException {
        try {
            return OperatorDatabase.rows(
                            application, "SELECT 1 FROM " + table + " WHERE " + condition)
                    .size();
        } catch (SQLException refused) {
            assertThat(refused.getSQLState()).isEqualTo(INSUFFICIENT_PRIVILEGE);
            return 0;
        }
    }

    private static int changed(Connection application, String change) throws SQLException {
        try (Statement statement = application.createStatement()) {
            return statement.executeUpdate(change);
        } catch (SQLException refused) {
            assertThat(refused.getSQLState()).isEqualTo(INSUFFICIENT_PRIVILEGE);
            return 0;
        }
    }

    private static String failure(Connection application, String change) {
        try (Statement statement = application.createStatement()) {
            statement.executeUpdate(change);
            return "none";
        } catch (SQLException refused) {
            return refused.getSQLState();
        }
    }
}
