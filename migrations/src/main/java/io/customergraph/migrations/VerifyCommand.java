package io.customergraph.migrations;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.Callable;

@Command(
        name = "verify",
        description = "Asks the database whether everything in it agrees; prints what does not.")
final class VerifyCommand implements Callable<Integer> {

    private static final List<String> SCRIPTS =
            List.of("020__customers.sql", "030__decisions.sql", "090__customer_statistics.sql");
    private static final int MAX_ROWS = 100;

    @Mixin
    @SuppressWarnings("NullAway.Init") // picocli sets it.
    private OwnerConnection owner;

    @Override
    public Integer call() throws IOException, SQLException {
        int problems = 0;
        try (Connection connection = owner.open()) {
            for (String script : SCRIPTS) {
                problems += check(connection, Scripts.read("verify/" + script));
            }
        }
        System.out.println(problems == 0 ? "Everything agrees" : problems + " problems");
        return problems == 0 ? 0 : 1;
    }

    private static int check(Connection connection, String query) throws SQLException {
        int problems = 0;
        try (Statement statement = connection.createStatement()) {
            statement.setMaxRows(MAX_ROWS);
            try (ResultSet rows = statement.executeQuery(query)) {
                while (rows.next()) {
                    problems++;
                    System.out.println(
                            rows.getString(1)
                                    + ": tenant "
                                    + rows.getString(2)
                                    + ", "
                                    + rows.getString(3));
                }
            }
        }
        return problems;
    }
}
