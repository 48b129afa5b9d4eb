package io.customergraph.migrations;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;

/** A tenant with a row in every table, all of which belong together. */
final class OneRowOfEverything {

    private OneRowOfEverything() {}

    static void insert(OperatorDatabase database, String tenant) throws SQLException {
        try (Connection connection = database.connection();
                Statement statement = connection.createStatement()) {
            statement.execute("SET test.tenant = '" + tenant + "'");
            statement.execute(script());
        }
    }

    private static String script() {
        try (InputStream script =
                Objects.requireNonNull(
                        OneRowOfEverything.class.getResourceAsStream(
                                "one_row_of_everything.sql"))) {
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
