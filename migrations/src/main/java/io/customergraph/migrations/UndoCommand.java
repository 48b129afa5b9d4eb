package io.customergraph.migrations;

import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationVersion;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.concurrent.Callable;

@Command(
        name = "undo",
        description =
                "Takes migrations back, the latest first. What they hold is lost: back it up.")
final class UndoCommand implements Callable<Integer> {

    private static final String FORGET = "DELETE FROM flyway_schema_history WHERE version = ?";

    @Mixin
    @SuppressWarnings("NullAway.Init") // picocli sets it.
    private OwnerConnection owner;

    @Option(
            names = "--to",
            description = "The version that stays the last; 0 takes all back.",
            required = true)
    @SuppressWarnings("NullAway.Init")
    private String to;

    @Override
    public Integer call() throws IOException, SQLException {
        MigrationVersion last = MigrationVersion.fromVersion(to);
        MigrationInfo[] applied = owner.flyway().info().applied();
        try (Connection connection = owner.open()) {
            connection.setAutoCommit(false);
            for (MigrationInfo migration : Arrays.asList(applied).reversed()) {
                if (migration.getVersion() != null && migration.getVersion().compareTo(last) > 0) {
                    undo(connection, migration);
                }
            }
        }
        return 0;
    }

    private static void undo(Connection connection, MigrationInfo migration)
            throws IOException, SQLException {
        String script = "undo/" + migration.getScript().replaceFirst("^V", "U");
        try (Statement statement = connection.createStatement();
                PreparedStatement forget = connection.prepareStatement(FORGET)) {
            statement.execute(Scripts.read(script));
            forget.setString(1, migration.getVersion().getVersion());
            forget.executeUpdate();
            connection.commit();
        }
        System.out.println("Took back " + migration.getScript());
    }
}
