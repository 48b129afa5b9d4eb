package io.customergraph.migrations;

import org.flywaydb.core.api.FlywayException;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

import java.util.Objects;

/**
 * What an operator reads of a failure. PostgreSQL's detail lines are left out: they quote rows, and
 * rows are about people.
 */
final class FailureMessage {

    private FailureMessage() {}

    static String of(Throwable failure) {
        return switch (failure) {
            case Refused refused -> text(refused);
            case PSQLException database -> ofDatabase(database);
            case FlywayException flyway when flyway.getCause() instanceof PSQLException database ->
                    ofMigration(flyway, database);
            case FlywayException flyway -> text(flyway);
            default -> failure.getClass().getSimpleName() + ": " + text(failure);
        };
    }

    /** Flyway's message begins with what it did and goes on with what PostgreSQL said in full. */
    private static String ofMigration(FlywayException flyway, PSQLException database) {
        String did = text(flyway).strip().lines().findFirst().orElse("");
        return did + ": " + ofDatabase(database);
    }

    private static String ofDatabase(PSQLException failure) {
        ServerErrorMessage server = failure.getServerErrorMessage();
        String said = server == null ? failure.getMessage() : server.getMessage();
        return Objects.requireNonNullElse(said, "the database failed")
                + " (SQLSTATE "
                + failure.getSQLState()
                + ")";
    }

    private static String text(Throwable failure) {
        return Objects.requireNonNullElse(failure.getMessage(), failure.getClass().getSimpleName());
    }
}
