package io.customergraph.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

class EmbeddedDatabaseTest {

    @TempDir private Path directory;

    private EmbeddedDatabase start() {
        return EmbeddedDatabase.start(
                new EmbeddedDatabaseProperties(directory.resolve("postgresql"), 0));
    }

    private static void execute(EmbeddedDatabase database, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(database.ownerJdbcUrl());
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String ask(EmbeddedDatabase database, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(database.ownerJdbcUrl());
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            result.next();
            return result.getString(1);
        }
    }

    @Test
    void data_is_there_again_after_a_restart() throws SQLException, IOException {
        try (EmbeddedDatabase first = start()) {
            execute(first, "CREATE TABLE kept AS SELECT 42 AS answer");
        }
        try (EmbeddedDatabase second = start()) {
            assertThat(ask(second, "SELECT answer FROM kept")).isEqualTo("42");
            assertThat(ask(second, "SHOW jit")).isEqualTo("off");
        }
    }

    @Test
    void a_directory_that_is_in_use_is_refused_and_its_server_goes_on()
            throws SQLException, IOException {
        try (EmbeddedDatabase first = start()) {
            assertThatThrownBy(this::start)
                    .isInstanceOf(StartRefused.class)
                    .hasMessageContaining("Another CustomerGraph works on");
            assertThat(ask(first, "SELECT 1")).isEqualTo("1");
        }
    }

    @Test
    void what_was_committed_is_on_disk() throws SQLException, IOException {
        try (EmbeddedDatabase database = start()) {
            assertThat(ask(database, "SHOW fsync")).isEqualTo("on");
            assertThat(ask(database, "SHOW synchronous_commit")).isEqualTo("on");
        }
    }

    @Test
    void letters_of_every_script_are_letters_to_the_search() throws SQLException, IOException {
        try (EmbeddedDatabase database = start()) {
            execute(database, "CREATE EXTENSION pg_trgm");
            assertThat(ask(database, "SELECT cardinality(show_trgm('محمد')) > 0")).isEqualTo("t");
            assertThat(ask(database, "SELECT cardinality(show_trgm('é')) > 0")).isEqualTo("t");
        }
    }

    @Test
    void a_lock_file_of_a_process_that_is_gone_does_not_matter() throws SQLException, IOException {
        try (EmbeddedDatabase first = start()) {
            execute(first, "CREATE TABLE kept AS SELECT 1");
        }
        Files.writeString(directory.resolve("postgresql/postmaster.pid"), "999999999\n/nowhere\n");

        try (EmbeddedDatabase second = start()) {
            assertThat(ask(second, "SELECT count(*) FROM kept")).isEqualTo("1");
        }
    }
}
