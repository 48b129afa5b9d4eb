package io.customergraph.migrations;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * What {@code verify} asks about records, their links and what is counted of them, of one tenant,
 * and what is worth a look besides.
 */
final class WithinQuestions {

    private static final List<String> VERIFIED =
            List.of(
                    "020__customers",
                    "030__decisions",
                    "040__shopify",
                    "050__support",
                    "060__scheduling",
                    "070__conversations",
                    "080__payments",
                    "090__customer_statistics",
                    "100__record_people",
                    "110__merges",
                    "150__identities_that_end",
                    "300__record_tombstones",
                    "302__shopify_refunds",
                    "304__prices_of_variants",
                    "320__refunds",
                    "360__support_contacts",
                    "385__late_variants",
                    "395__versions_of_messages",
                    "400__invoices",
                    "410__names_of_conversations",
                    "420__values_of_refunds");

    private static final String LINKED =
            """
            SELECT record_type, count(*) AS records, count(customer_id) AS linked
            FROM record_people
            WHERE tenant_id = ?
            GROUP BY record_type
            ORDER BY record_type
            """;

    private static final String BY_SOURCE =
            """
            SELECT source, count(*), count(email), count(phone)
            FROM customers
            WHERE tenant_id = ? AND status <> 'merged'
            GROUP BY source
            ORDER BY source
            """;

    private static final String NAME_REPAIRED =
            "SELECT set_config('customergraph.repaired', ?, true)";

    private WithinQuestions() {}

    /** Each of them, as one statement. */
    static List<String> all() {
        List<String> questions = new ArrayList<>();
        VERIFIED.forEach(name -> questions.addAll(read("/db/verify/" + name + ".sql")));
        questions.addAll(read("/db/reconcile/links.sql"));
        return questions;
    }

    /** A question may end with a remark, therefore in lines of its own. */
    private static String ofTenant(String question) {
        return "SELECT * FROM (\n" + question + "\n) AS question WHERE question.tenant_id = ?";
    }

    private static String script(String resource) {
        return Script.read(resource)
                .orElseThrow(() -> new IllegalStateException("There is no " + resource));
    }

    private static List<String> read(String resource) {
        List<String> questions = new ArrayList<>();
        for (String question : script(resource).split(";\\s*(\\n|$)", -1)) {
            if (!question.isBlank()) {
                questions.add(question.strip());
            }
        }
        return questions;
    }

    /** Mends what can be worked out of the records: what is counted and what is joined. */
    static void repair(Connection connection, String tenant) throws SQLException {
        try (PreparedStatement named = connection.prepareStatement(NAME_REPAIRED);
                Statement repair = connection.createStatement()) {
            named.setString(1, tenant);
            named.execute();
            repair.execute(script("/db/reconcile/repair.sql"));
        }
    }

    /**
     * Shows what they find.
     *
     * @return how much is shown
     */
    static int ask(Connection connection, String tenant, PrintWriter out) throws SQLException {
        int problems = 0;
        for (String question : all()) {
            try (PreparedStatement statement = connection.prepareStatement(ofTenant(question))) {
                statement.setString(1, tenant);
                statement.setMaxRows(Findings.SHOWN);
                try (ResultSet rows = statement.executeQuery()) {
                    problems += Findings.show(rows, out);
                }
            }
        }
        return problems;
    }

    /**
     * Shows how many records there are of each sort, how many of them are somebody's, and whose.
     */
    static void count(Connection connection, String tenant, PrintWriter out) throws SQLException {
        show(connection, tenant, LINKED, new Table("record", "here", "of a customer"), out);
        show(
                connection,
                tenant,
                BY_SOURCE,
                new Table("customers met in", "here", "with e-mail", "with phone"),
                out);
    }

    private static void show(
            Connection connection, String tenant, String sql, Table table, PrintWriter out)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, tenant);
            try (ResultSet row = statement.executeQuery()) {
                int columns = row.getMetaData().getColumnCount();
                while (row.next()) {
                    List<String> cells = new ArrayList<>(columns);
                    for (int column = 1; column <= columns; column++) {
                        cells.add(row.getString(column));
                    }
                    table.add(cells);
                }
            }
        }
        table.print(out);
    }
}
