package io.customergraph.migrations;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

class CommandsTest {

    private static final OperatorDatabase DATABASE = database();
    private static int tenants;

    private final String tenant = "tenant-" + tenants++;

    private static OperatorDatabase database() {
        try {
            return OperatorDatabase.migrated();
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    @BeforeEach
    void make_a_tenant() {
        assertThat(create(tenant, "SA", "SAR").exitCode()).isZero();
    }

    @Test
    void a_new_tenant_has_the_shipped_policies() throws SQLException {
        assertThat(
                        DATABASE.rows(
                                "SELECT kind FROM identifier_policies WHERE tenant_id = '"
                                        + tenant
                                        + "' ORDER BY priority"))
                .containsExactly(
                        "shopify_customer_id", "whatsapp_user_id", "external_id", "email", "phone");
    }

    @Test
    void a_tenant_is_made_once() {
        OperatorDatabase.Outcome again = create(tenant, "SA", "SAR");

        assertThat(again.exitCode()).isEqualTo(1);
        assertThat(again.err()).contains("There is a tenant " + tenant + " already");
    }

    @ParameterizedTest
    @CsvSource({
        "Upper, SA, SAR, id",
        "fine, sa, SAR, region",
        "fine, XX, SAR, region",
        "fine, SA, XQX, currency"
    })
    void what_is_no_tenant_region_or_currency_is_said(
            String id, String region, String currency, String said) {
        OperatorDatabase.Outcome outcome = create(id, region, currency);

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.err()).contains(said).doesNotContain("\tat ");
    }

    @ParameterizedTest
    @CsvSource({"--tenant=nobody, no tenant nobody", "--model=trained-7, no model of that version"})
    void a_run_of_what_is_not_there_is_refused(String option, String said) throws SQLException {
        OperatorDatabase.Outcome outcome =
                option.startsWith("--tenant")
                        ? DATABASE.command("match-run", option)
                        : DATABASE.command("match-run", "--tenant=" + tenant, option);

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.err()).contains(said).doesNotContain("\tat ");
        assertThat(DATABASE.rows("SELECT id FROM match_runs")).isEmpty();
    }

    @Test
    void a_run_is_for_one_thing() {
        OperatorDatabase.Outcome outcome =
                DATABASE.command("match-run", "--tenant=" + tenant, "--apply", "--train");

        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.err()).contains("mutually exclusive");
    }

    @Test
    void a_key_authenticates_with_its_scopes_and_only_its_hash_is_kept() throws SQLException {
        OperatorDatabase.Outcome made =
                key("--scopes", "customers:read,revenue:read", "--requests-per-minute", "60");
        String key = made.out().strip();

        assertThat(made.exitCode()).isZero();
        assertThat(key).matches("cg_[A-Za-z0-9_-]{8}_[A-Za-z0-9_-]{43}");
        assertThat(authenticate(key)).containsExactly(tenant + " {customers:read,revenue:read} 60");
        assertThat(DATABASE.rows("SELECT to_jsonb(k) FROM api_keys k").toString())
                .contains(key.substring(0, 11))
                .doesNotContain(key);
        assertThat(authenticate(key.substring(0, key.length() - 1) + "!")).isEmpty();
    }

    @Test
    void a_revoked_key_authenticates_no_more_and_may_be_revoked_again() throws SQLException {
        String key = key("--scopes", "customers:read").out().strip();
        String id =
                DATABASE.rows("SELECT id FROM api_keys WHERE tenant_id = '" + tenant + "'")
                        .getFirst();

        assertThat(revoke(tenant, id).exitCode()).isZero();

        assertThat(authenticate(key)).isEmpty();
        assertThat(revoke(tenant, id).exitCode()).isZero();
        assertThat(
                        DATABASE.rows(
                                "SELECT DISTINCT action FROM audit_log WHERE subject_id = '"
                                        + id
                                        + "' ORDER BY 1"))
                .containsExactly("createApiKey", "revokeApiKey");
    }

    @Test
    void a_key_of_another_tenant_is_not_revoked() throws SQLException {
        String key = key("--scopes", "customers:read").out().strip();
        String id =
                DATABASE.rows("SELECT id FROM api_keys WHERE tenant_id = '" + tenant + "'")
                        .getFirst();

        assertThat(revoke("nobody", id).exitCode()).isEqualTo(1);

        assertThat(authenticate(key)).hasSize(1);
    }

    @Test
    void a_key_may_end_by_itself() {
        assertThat(key("--scopes", "customers:read", "--expires", "2999-01-31").exitCode())
                .isZero();
        assertThat(key("--scopes", "customers:read", "--expires", "2020-01-31").err())
                .contains("expired already");
        assertThat(key("--scopes", "customers:read", "--expires", "soon").err())
                .contains("Not a time");
    }

    @Test
    void a_scope_that_there_is_not_makes_no_key() {
        OperatorDatabase.Outcome outcome = key("--scopes", "customers:raed");

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.err()).contains("no scope customers:raed");
    }

    @Test
    void wrong_usage_is_told_apart_from_failure() {
        assertThat(DATABASE.command("api-key", "create").exitCode()).isEqualTo(2);
        assertThat(DATABASE.command("undo").exitCode()).isEqualTo(2);
        assertThat(DATABASE.command("unheard-of").exitCode()).isEqualTo(2);
        assertThat(DATABASE.command("undo").err()).contains("--to").doesNotContain("\tat ");
        assertThat(DATABASE.command("undo", "--help").out()).contains("back up first");
    }

    @Test
    void a_database_that_does_not_answer_is_said_in_one_line() {
        StringWriter err = new StringWriter();
        int exitCode =
                Migrate.commandLine()
                        .setErr(new PrintWriter(err, true))
                        .execute("migrate", "--url", "jdbc:postgresql://localhost:1/none");

        assertThat(exitCode).isEqualTo(1);
        assertThat(err.toString()).startsWith("error: ").doesNotContain("\tat ");
        assertThat(err.toString().lines()).hasSize(1);
    }

    @Test
    void a_password_is_read_from_a_file_and_refused_in_the_url(@TempDir Path directory)
            throws Exception {
        Path file = Files.writeString(directory.resolve("password"), "secret\n");

        assertThat(DATABASE.command("info", "--password-file", file.toString()).exitCode())
                .isZero();
        assertThat(DATABASE.command("info", "--password-file", directory + "/none").exitCode())
                .isEqualTo(2);
        StringWriter err = new StringWriter();
        int exitCode =
                Migrate.commandLine()
                        .setErr(new PrintWriter(err, true))
                        .execute("info", "--url", DATABASE.url() + "?password=secret");
        assertThat(exitCode).isEqualTo(2);
        assertThat(err.toString()).contains("--password-file").doesNotContain("secret");
    }

    @Test
    void the_words_that_start_a_command_are_those_of_the_commands() {
        for (String command : Migrate.commandLine().getSubcommands().keySet()) {
            assertThat(Migrate.isCommand(command)).isTrue();
        }
        assertThat(Migrate.isCommand("migrat")).isTrue();
        assertThat(Migrate.isCommand()).isFalse();
        assertThat(Migrate.isCommand("--server.port=80", "migrate")).isFalse();
    }

    private static OperatorDatabase.Outcome create(String id, String region, String currency) {
        return DATABASE.command(
                "tenant",
                "create",
                "--id",
                id,
                "--name",
                "Test",
                "--region",
                region,
                "--currency",
                currency);
    }

    private OperatorDatabase.Outcome key(String... options) {
        List<String> arguments =
                new ArrayList<>(List.of("api-key", "create", "--tenant", tenant, "--name", "test"));
        arguments.addAll(List.of(options));
        return DATABASE.command(arguments.toArray(String[]::new));
    }

    private static OperatorDatabase.Outcome revoke(String tenant, String id) {
        return DATABASE.command("api-key", "revoke", "--tenant", tenant, "--id", id);
    }

    /** As the application does: one function, and the hash of what came with the request. */
    private static List<String> authenticate(String key) throws SQLException {
        try (Connection connection = DATABASE.connection()) {
            connection.createStatement().execute("SET ROLE customergraph_app");
            try (PreparedStatement statement =
                    connection.prepareStatement(
                            "SELECT tenant_id, scopes, requests_per_minute"
                                    + " FROM authenticate_api_key(sha256(?::text::bytea))")) {
                statement.setString(1, key);
                try (ResultSet rows = statement.executeQuery()) {
                    List<String> found = new ArrayList<>();
                    while (rows.next()) {
                        found.add(
                                rows.getString(1) + " " + rows.getString(2) + " " + rows.getInt(3));
                    }
                    return found;
                }
            }
        }
    }
}
