package io.customergraph.migrations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

@SuppressWarnings("NullAway.Init") // Started before the first test.
@TestMethodOrder(MethodOrderer.MethodName.class)
class MigrateTest {

    private static EmbeddedPostgres postgres;

    @BeforeAll
    static void startAndMigrate() throws IOException {
        postgres = EmbeddedPostgres.builder().setServerConfig("fsync", "off").start();
        assertThat(run("migrate")).isZero();
    }

    @AfterAll
    static void stop() throws IOException {
        postgres.close();
    }

    private static int run(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.add("--url=" + postgres.getJdbcUrl("postgres", "postgres"));
        all.add("--user=postgres");
        return Migrate.run(all.toArray(String[]::new));
    }

    private static List<String> ask(String sql) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            while (result.next()) {
                rows.add(result.getString(1));
            }
        }
        return rows;
    }

    @Test
    void everything_can_be_taken_back_and_applied_again() throws SQLException {
        String left =
                """
                SELECT relname FROM pg_class c
                WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'v', 'p')
                  AND relname <> 'flyway_schema_history'
                UNION ALL
                SELECT proname FROM pg_proc p
                WHERE pronamespace = 'public'::regnamespace
                  AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')
                UNION ALL
                SELECT typname FROM pg_type
                WHERE typnamespace = 'public'::regnamespace AND typtype = 'd'
                """;
        assertThat(ask(left)).isNotEmpty();

        assertThat(run("undo", "--to=0")).isZero();
        assertThat(ask(left)).isEmpty();

        assertThat(run("migrate")).isZero();
        assertThat(run("verify")).isZero();
    }

    @Test
    void a_statistic_that_does_not_agree_is_found() throws SQLException {
        assertThat(
                        run(
                                "tenant",
                                "create",
                                "--id=odd",
                                "--name=Odd",
                                "--region=SA",
                                "--currency=SAR"))
                .isZero();
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(
                    "INSERT INTO customers (tenant_id, id, source, total_orders)"
                            + " VALUES ('odd', gen_random_uuid(), 'manual', 7)");
            assertThat(run("verify")).isEqualTo(1);
            statement.execute("DELETE FROM customers WHERE tenant_id = 'odd'");
        }
        assertThat(run("verify")).isZero();
    }

    @Test
    void a_key_is_printed_once_and_kept_as_its_hash() throws Exception {
        run("tenant", "create", "--id=acme", "--name=Acme", "--region=SA", "--currency=SAR");
        PrintStream console = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try {
            assertThat(
                            run(
                                    "api-key",
                                    "create",
                                    "--tenant=acme",
                                    "--name=x",
                                    "--scopes=customers:read"))
                    .isZero();
        } finally {
            System.setOut(console);
        }
        String key =
                printed.toString(StandardCharsets.UTF_8).replaceAll("(?s).*key (\\S+).*", "$1");

        assertThat(key).matches("cg_[A-Za-z0-9_-]{8}_[A-Za-z0-9_-]{43}");
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                PreparedStatement authenticate =
                        connection.prepareStatement(
                                "SELECT tenant_id FROM authenticate_api_key(?)")) {
            authenticate.setBytes(
                    1,
                    MessageDigest.getInstance("SHA-256")
                            .digest(key.getBytes(StandardCharsets.US_ASCII)));
            try (ResultSet row = authenticate.executeQuery()) {
                assertThat(row.next()).isTrue();
                assertThat(row.getString(1)).isEqualTo("acme");
            }
        }
        assertThat(run("api-key", "create", "--tenant=acme", "--name=x", "--scopes=everything"))
                .isEqualTo(2);
    }

    @Test
    void every_table_of_a_tenant_is_isolated() throws SQLException {
        assertThat(
                        ask(
                                """
                                SELECT c.relname FROM pg_class c
                                JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'tenant_id'
                                WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace
                                  AND (NOT c.relrowsecurity
                                       OR NOT EXISTS (SELECT FROM pg_policy p
                                                      WHERE p.polrelid = c.oid))
                                """))
                .isEmpty();
    }

    @Test
    void every_key_within_a_tenant_begins_with_the_tenant() throws SQLException {
        assertThat(
                        ask(
                                """
                                SELECT k.conrelid::regclass || ' ' || k.conname
                                FROM pg_constraint k
                                JOIN pg_attribute a
                                    ON a.attrelid = k.conrelid AND a.attname = 'tenant_id'
                                WHERE k.contype IN ('p', 'f') AND k.conkey[1] <> a.attnum
                                """))
                .isEmpty();
    }

    @Test
    void the_applications_role_owns_nothing_and_sees_nothing_without_a_tenant()
            throws SQLException {
        assertThat(
                        ask(
                                "SELECT relname FROM pg_class WHERE pg_get_userbyid(relowner) ="
                                        + " 'customergraph_app'"))
                .isEmpty();
        run("tenant", "create", "--id=seen", "--name=Seen", "--region=SA", "--currency=SAR");
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(
                    "INSERT INTO customers (tenant_id, id, source)"
                            + " VALUES ('seen', gen_random_uuid(), 'manual')");
            statement.execute("SET ROLE customergraph_app");
            assertThat(rows(statement, "customers")).isZero();
            assertThat(rows(statement, "tenants")).isZero();
            assertThat(rows(statement, "identifier_policies")).isZero();
            statement.execute("SET customergraph.tenant = 'another'");
            assertThat(rows(statement, "customers")).isZero();
            assertThat(statement.executeUpdate("UPDATE customers SET first_name = 'x'")).isZero();
            assertThatThrownBy(
                            () ->
                                    statement.execute(
                                            "INSERT INTO customers (tenant_id, id, source) VALUES"
                                                    + " ('seen', gen_random_uuid(), 'manual')"))
                    .hasMessageContaining("row-level security");
            statement.execute("SET customergraph.tenant = 'seen'");
            assertThat(rows(statement, "customers")).isEqualTo(1);
        }
    }

    private static int rows(Statement statement, String table) throws SQLException {
        try (ResultSet result = statement.executeQuery("SELECT count(*) FROM " + table)) {
            result.next();
            return result.getInt(1);
        }
    }
}
