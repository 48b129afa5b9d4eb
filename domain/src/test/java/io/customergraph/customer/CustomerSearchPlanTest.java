package io.customergraph.customer;

import static org.assertj.core.api.Assertions.assertThat;

import io.customergraph.tenant.TenantId;
import io.customergraph.testing.TestDatabase;

import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.ConnectionCallback;

import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.List;
import java.util.Objects;

/**
 * The plan inside the search's function, which no EXPLAIN shows: {@code auto_explain} reports it to
 * the client. Reading a whole table is made dear, as it is where a table is large.
 */
class CustomerSearchPlanTest {

    private static final List<String> SETTINGS =
            List.of(
                    "LOAD 'auto_explain'",
                    "SET LOCAL auto_explain.log_min_duration = 0",
                    "SET LOCAL auto_explain.log_nested_statements = on",
                    "SET LOCAL auto_explain.log_level = 'notice'",
                    "SET LOCAL enable_seqscan = off");

    @Test
    void a_search_asks_the_index_of_trigrams() {
        TenantId tenant = TestDatabase.shared().newTenant();

        String plans =
                Objects.requireNonNull(
                        TestDatabase.shared()
                                .owner()
                                .execute(
                                        (ConnectionCallback<String>)
                                                connection -> {
                                                    connection.setAutoCommit(false);
                                                    try (Statement statement =
                                                            connection.createStatement()) {
                                                        return plans(statement, tenant);
                                                    } finally {
                                                        connection.rollback();
                                                        connection.setAutoCommit(true);
                                                    }
                                                }));

        assertThat(plans).contains("Index Cond").contains("search_text %> ");
        assertThat(plans).doesNotContain("Seq Scan on customer_search");
    }

    private static String plans(Statement statement, TenantId tenant) throws java.sql.SQLException {
        for (String setting : SETTINGS) {
            statement.execute(setting);
        }
        statement.execute("SET LOCAL customergraph.tenant = '" + tenant.value() + "'");
        statement.clearWarnings();
        statement.execute("SELECT * FROM search_customers('sara haddad', 10)");
        StringBuilder plans = new StringBuilder();
        for (SQLWarning notice = statement.getWarnings();
                notice != null;
                notice = notice.getNextWarning()) {
            plans.append(notice.getMessage()).append('\n');
        }
        return plans.toString();
    }
}
