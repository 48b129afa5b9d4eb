package io.customergraph.migrations;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;

import picocli.CommandLine;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/** A database of a test's own on one real PostgreSQL, and the commands run against it. */
final class OperatorDatabase {

    private static final EmbeddedPostgres POSTGRES = start();
    private static final String EMPTY = "template1";

    private final String name = "db_" + UUID.randomUUID().toString().substring(0, 8);

    /** An empty one. */
    OperatorDatabase() throws SQLException {
        this(EMPTY);
    }

    private OperatorDatabase(String template) throws SQLException {
        try (Connection connection = POSTGRES.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name + " TEMPLATE " + template);
        }
    }

    private static EmbeddedPostgres start() {
        try {
            return EmbeddedPostgres.builder()
                    .setServerConfig("fsync", "off")
                    .setServerConfig("jit", "off")
                    .setLocaleConfig("locale", "C.UTF-8")
                    .start();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** One that the command has migrated: a copy, since migrating takes longer than copying. */
    static OperatorDatabase migrated() throws SQLException {
        return new OperatorDatabase(Migrated.TEMPLATE.name);
    }

    private static final class Migrated {
        static final OperatorDatabase TEMPLATE = migrate();

        private static OperatorDatabase migrate() {
            try {
                OperatorDatabase database = new OperatorDatabase();
                Outcome outcome = database.command("migrate");
                if (outcome.exitCode() != 0) {
                    throw new AssertionError(outcome);
                }
                return database;
            } catch (SQLException failure) {
                throw new AssertionError(failure);
            }
        }
    }

    /** What a command answered with. */
    record Outcome(int exitCode, String out, String err) {}

    Outcome command(String... arguments) {
        return commandAs("postgres", arguments);
    }

    Outcome commandAs(String user, String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine command =
                Migrate.commandLine()
                        .setOut(new PrintWriter(out, true))
                        .setErr(new PrintWriter(err, true));
        int exitCode =
                command.execute(
                        Stream.concat(
                                        Stream.of(arguments),
                                        Stream.of("--url", url(), "--user", user))
                                .toArray(String[]::new));
        return new Outcome(exitCode, out.toString(), err.toString());
    }

    String url() {
        return "jdbc:postgresql://localhost:" + POSTGRES.getPort() + "/" + name;
    }

    Connection connection() throws SQLException {
        return POSTGRES.getDatabase("postgres", name).getConnection();
    }

    void execute(String sql) throws SQLException {
        try (Connection connection = connection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** The rows of a query, the columns of each joined by a space. */
    List<String> rows(String sql) throws SQLException {
        try (Connection connection = connection()) {
            return rows(connection, sql);
        }
    }

    static List<String> rows(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<String> lines = new ArrayList<>();
            while (rows.next()) {
                List<String> columns = new ArrayList<>();
                for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                    columns.add(String.valueOf(rows.getString(i)));
                }
                lines.add(String.join(" ", columns));
            }
            return lines;
        }
    }
}
