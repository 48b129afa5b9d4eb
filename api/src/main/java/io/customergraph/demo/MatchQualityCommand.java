package io.customergraph.demo;

import io.customergraph.matching.dedupe.Quality;
import io.customergraph.migrations.Database;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

/** Measures the customers of a tenant by a file that says who its records are really about. */
@Command(
        name = "match-quality",
        description =
                "measures a tenant's customers by the truth, such as data/truth/demo.csv of the"
                        + " demo")
@SuppressWarnings("NullAway.Init")
public final class MatchQualityCommand implements Callable<Integer> {

    private static final String CUSTOMERS =
            """
            SELECT 'shopify_customer', 'shopify', source_account, shopify_customer_id::text,
                   customer_id::text
            FROM shopify_customers WHERE tenant_id = ?1
            UNION ALL
            SELECT 'shopify_order', 'shopify', source_account, shopify_order_id::text,
                   customer_id::text
            FROM shopify_orders WHERE tenant_id = ?1
            """;

    private static final List<String> OTHER_TYPES =
            List.of(
                    "support_ticket",
                    "appointment",
                    "prospect",
                    "omni_conversation",
                    "transaction",
                    "enrollment");

    private static final String OPEN_CANDIDATES =
            """
            SELECT customer_id::text, other_customer_id::text
            FROM match_candidates WHERE tenant_id = ? AND status = 'open'
            """;

    @Mixin private final Database database = new Database();

    @Option(names = "--tenant", required = true, description = "its id")
    private String tenant;

    @Parameters(
            paramLabel = "<truth.csv>",
            description = "record_type,source_type,source_account,external_id,person")
    private Path truth;

    @Override
    public Integer call() throws SQLException, IOException {
        Map<String, String> customers = database.inTransaction(this::customers);
        List<String[]> candidates = database.inTransaction(this::candidates);
        Numbers groups = new Numbers();
        Numbers people = new Numbers();
        List<Integer> group = new ArrayList<>();
        List<Integer> person = new ArrayList<>();
        try (Stream<String> lines = Files.lines(truth)) {
            lines.skip(1)
                    .forEach(
                            line -> {
                                int comma = line.lastIndexOf(',');
                                String record = line.substring(0, comma);
                                // A record of nobody is a group of its own.
                                group.add(groups.of(customers.getOrDefault(record, record)));
                                person.add(people.of(line.substring(comma + 1)));
                            });
        }
        tell(
                String.format(
                        Locale.ROOT,
                        "%,d records of %,d people in %,d customers",
                        group.size(),
                        people.size(),
                        groups.size()));
        print("Merged by itself", Quality.of(group.size(), group::get, person::get));
        int[] asked = groups.joined(candidates);
        print(
                "With every open candidate (%,d) confirmed".formatted(candidates.size()),
                Quality.of(group.size(), record -> asked[group.get(record)], person::get));
        return 0;
    }

    private Map<String, String> customers(Connection connection) throws SQLException {
        StringBuilder sql = new StringBuilder(CUSTOMERS.replace("?1", "?"));
        for (String type : OTHER_TYPES) {
            sql.append(
                    """
                    UNION ALL
                    SELECT '%1$s', source_type::text, source_account, external_id, customer_id::text
                    FROM %1$ss WHERE tenant_id = ?
                    """
                            .formatted(type));
        }
        Map<String, String> customers = new HashMap<>();
        try (PreparedStatement statement = connection.prepareStatement(sql.toString())) {
            statement.setFetchSize(10_000);
            for (int parameter = 1; parameter <= OTHER_TYPES.size() + 2; parameter++) {
                statement.setString(parameter, tenant);
            }
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    String customer = row.getString(5);
                    if (customer != null) {
                        customers.put(
                                String.join(
                                        ",",
                                        row.getString(1),
                                        row.getString(2),
                                        row.getString(3),
                                        row.getString(4)),
                                customer);
                    }
                }
            }
        }
        return customers;
    }

    private List<String[]> candidates(Connection connection) throws SQLException {
        List<String[]> pairs = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(OPEN_CANDIDATES)) {
            statement.setString(1, tenant);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    pairs.add(new String[] {row.getString(1), row.getString(2)});
                }
            }
        }
        return pairs;
    }

    private void print(String what, Quality quality) {
        tell(
                String.format(
                        Locale.ROOT,
                        "%s: pairwise precision %.4f, recall %.4f, F1 %.4f; B-cubed precision %.4f,"
                                + " recall %.4f, F1 %.4f",
                        what,
                        quality.precision(),
                        quality.recall(),
                        quality.f1(),
                        quality.bCubedPrecision(),
                        quality.bCubedRecall(),
                        quality.bCubedF1()));
    }

    private void tell(String line) {
        database.out().println(line);
        database.out().flush();
    }

    /** Small numbers for names, in the order in which they come. */
    private static final class Numbers {

        private final Map<String, Integer> numbers = new HashMap<>();

        int of(String name) {
            return numbers.computeIfAbsent(name, first -> numbers.size());
        }

        int size() {
            return numbers.size();
        }

        /** The numbers after each pair has become one. */
        int[] joined(List<String[]> pairs) {
            int[] parent = new int[numbers.size()];
            for (int number = 0; number < parent.length; number++) {
                parent[number] = number;
            }
            for (String[] pair : pairs) {
                Integer a = numbers.get(pair[0]);
                Integer b = numbers.get(pair[1]);
                if (a != null && b != null) {
                    parent[root(parent, a)] = root(parent, b);
                }
            }
            for (int number = 0; number < parent.length; number++) {
                parent[number] = root(parent, number);
            }
            return parent;
        }

        private static int root(int[] parent, int number) {
            int at = number;
            while (parent[at] != at) {
                at = parent[at];
            }
            return at;
        }
    }
}
