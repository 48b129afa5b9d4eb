package io.customergraph.migrations;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Flyway's table of what was applied, which an undo writes as well. */
final class History {

    private static final String EXISTS = "SELECT to_regclass('flyway_schema_history') IS NOT NULL";

    /** Nobody migrates or undoes at the same time, to the end of the transaction. */
    private static final String LOCK = "LOCK TABLE flyway_schema_history IN ACCESS EXCLUSIVE MODE";

    private static final String APPLIED =
            """
            SELECT version, script
            FROM flyway_schema_history
            WHERE success AND version IS NOT NULL
            ORDER BY installed_rank DESC
            """;

    private static final String REMOVE = "DELETE FROM flyway_schema_history WHERE version = ?";

    private static final String DROP = "DROP TABLE flyway_schema_history";

    private History() {}

    /** The applied migrations, the last one first. */
    static List<Script> applied(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            requireMigrated(statement);
            try (ResultSet rows = statement.executeQuery(APPLIED)) {
                List<Script> applied = new ArrayList<>();
                while (rows.next()) {
                    applied.add(new Script(rows.getString(1), rows.getString(2)));
                }
                return applied;
            }
        }
    }

    static void lock(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            requireMigrated(statement);
            statement.execute("SET LOCAL lock_timeout = '10s'");
            statement.execute(LOCK);
        }
    }

    static void remove(Connection connection, Script script) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(REMOVE)) {
            statement.setString(1, script.version());
            statement.executeUpdate();
        }
    }

    /** Leaves the database as it was before the first migration. */
    static void drop(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(DROP);
        }
    }

    private static void requireMigrated(Statement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery(EXISTS)) {
            row.next();
            if (!row.getBoolean(1)) {
                throw new Refused("The database was not migrated yet");
            }
        }
    }
}
