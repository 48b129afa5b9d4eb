package io.customergraph.migrations;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

@Command(
        name = "verify",
        description = {
            "Asks the database for what must not be, and changes nothing.",
            "Identifiers with two owners, statistics that differ from a recount, links nobody"
                    + " decided."
        })
final class VerifyCommand implements Callable<Integer> {

    private static final String IS_BLIND = "SELECT row_security_active('tenants')";

    @Mixin private final Database database = new Database();

    @Override
    public Integer call() throws SQLException {
        int problems = database.inTransaction(this::verify);
        database.out().println(problems == 0 ? "No problem found." : problems + " problems found.");
        return problems == 0 ? 0 : Migrate.PROBLEMS_FOUND;
    }

    private int verify(Connection connection) throws SQLException {
        // One moment for all questions, else what is written meanwhile looks like a problem.
        connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        connection.setReadOnly(true);
        List<Script> applied = History.applied(connection).reversed();
        requireSight(connection, applied);
        int problems = 0;
        for (Script script : applied) {
            Optional<String> questions = script.verify();
            if (questions.isPresent()) {
                problems += ask(connection, questions.get());
            }
        }
        return problems;
    }

    /** A role under row-level security sees no rows, and would find everything well. */
    static void requireSight(Connection connection, List<Script> applied) throws SQLException {
        if (applied.stream().noneMatch(script -> script.file().equals("V010__tenants.sql"))) {
            return;
        }
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(IS_BLIND)) {
            row.next();
            if (row.getBoolean(1)) {
                throw new Refused(
                        "This user sees the rows of one tenant at most; connect as the owner");
            }
        }
    }

    private int ask(Connection connection, String questions) throws SQLException {
        int problems = 0;
        try (Statement statement = connection.createStatement()) {
            statement.setMaxRows(Findings.SHOWN);
            boolean isRows = statement.execute(questions);
            while (isRows || statement.getUpdateCount() != -1) {
                if (isRows) {
                    problems += Findings.show(statement.getResultSet(), database.out());
                }
                isRows = statement.getMoreResults();
            }
        }
        return problems;
    }
}
