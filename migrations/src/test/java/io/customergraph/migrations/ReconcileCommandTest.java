package io.customergraph.migrations;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.sql.SQLException;

/**
 * What the command asks the database itself; the sources are asked by a node, in the API's tests.
 */
class ReconcileCommandTest {

    @Test
    void of_a_tenant_in_order_nothing_differs_whatever_others_have() throws SQLException {
        OperatorDatabase database = OperatorDatabase.migrated();
        OneRowOfEverything.insert(database, "fine");
        OneRowOfEverything.insert(database, "damaged");
        database.execute("UPDATE customers SET total_orders = 7 WHERE tenant_id = 'damaged'");

        OperatorDatabase.Outcome fine = database.command("reconcile", "--tenant=fine", "--within");
        OperatorDatabase.Outcome damaged =
                database.command("reconcile", "--tenant=damaged", "--within");

        assertThat(fine.out())
                .contains("Nothing differs.")
                .containsPattern("appointment +1 +1")
                .containsPattern("shopify +1 +1 +0");
        assertThat(fine.exitCode()).isZero();
        assertThat(damaged.out()).contains("tenant_id=damaged").doesNotContain("=fine");
        assertThat(damaged.exitCode()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    statistics that differ | UPDATE customers SET total_orders = 7
                    lifetime value that differs | DELETE FROM customer_lifetime_values
                    linked record without the decision | UPDATE match_decisions SET withdrawn_at = now(), withdrawn_by = 'x'
                    record of another customer than decided | UPDATE support_tickets SET customer_id = NULL
                    whose product came and was not joined | UPDATE shopify_order_items SET product_id = NULL, shopify_product_id = 1
                    whose variant came and was not joined | UPDATE shopify_order_items SET variant_id = NULL, shopify_variant_id = 1
                    less was given back than its refunds | UPDATE shopify_refunds SET amount = 5, currency = 'SAR'
                    nobody that names somebody who is known | UPDATE support_tickets SET customer_id = NULL, customer_email = 'someone@example.com'
                    order of another customer than its Shopify | INSERT INTO customers (tenant_id, id, source) SELECT id, gen_random_uuid(), 'other' FROM tenants; UPDATE shopify_orders SET shopify_customer_id = 1, customer_id = (SELECT id FROM customers WHERE source = 'other')
                    not joined with its invoice | INSERT INTO transactions SELECT (jsonb_populate_record(t, jsonb_build_object('id', gen_random_uuid(), 'external_id', 'inv', 'also_known_as', t.external_id, 'is_invoice', true))).* FROM transactions t
                    row of a customer that is not there | SET session_replication_role = 'replica'; DELETE FROM customers
                    """)
    void what_does_not_agree_is_found(String problem, String damage) throws SQLException {
        OperatorDatabase database = OperatorDatabase.migrated();
        OneRowOfEverything.insert(database, "damaged");
        database.execute(damage);

        OperatorDatabase.Outcome outcome =
                database.command("reconcile", "--tenant=damaged", "--within");

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.out()).contains(problem).doesNotContain("someone@example.com");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE customers SET total_orders = 7, total_tickets = 0, last_contact_at = NULL",
                "DELETE FROM customer_lifetime_values",
                "UPDATE customer_lifetime_values SET amount = amount + 1",
                "UPDATE shopify_order_items SET product_id = NULL, shopify_product_id = 1",
                "UPDATE shopify_order_items SET variant_id = NULL, shopify_variant_id = 1",
                "UPDATE shopify_refunds SET amount = 5, currency = 'SAR'",
                "UPDATE transactions SET refunded_amount = 0.5, status = 'partly_refunded'",
                """
                INSERT INTO transactions SELECT (jsonb_populate_record(t, jsonb_build_object(
                    'id', gen_random_uuid(), 'external_id', 'inv', 'is_invoice', true,
                    'also_known_as', t.external_id, 'customer_id', null))).* FROM transactions t
                """
            })
    void what_is_counted_or_joined_wrongly_is_mended_of_this_tenant_alone(String damage)
            throws SQLException {
        OperatorDatabase database = OperatorDatabase.migrated();
        OneRowOfEverything.insert(database, "damaged");
        OneRowOfEverything.insert(database, "other");
        database.execute(damage);
        OperatorDatabase.Outcome found =
                database.command("reconcile", "--tenant=damaged", "--within");
        assertThat(found.exitCode()).as(found.out()).isEqualTo(1);

        OperatorDatabase.Outcome mended =
                database.command("reconcile", "--tenant=damaged", "--within", "--repair");

        assertThat(mended.exitCode()).as(mended.out() + mended.err()).isZero();
        assertThat(database.command("reconcile", "--tenant=other", "--within").exitCode())
                .isEqualTo(1);
    }

    @Test
    void a_tenant_or_connection_that_is_not_there_is_refused() throws SQLException {
        OperatorDatabase database = OperatorDatabase.migrated();
        OneRowOfEverything.insert(database, "fine");

        OperatorDatabase.Outcome nobody = database.command("reconcile", "--tenant=nobody");
        OperatorDatabase.Outcome none =
                database.command(
                        "reconcile",
                        "--tenant=fine",
                        "--connection=00000000-0000-0000-0000-000000000000");

        assertThat(nobody.exitCode()).isEqualTo(1);
        assertThat(nobody.err()).contains("There is no tenant nobody").doesNotContain("\tat ");
        assertThat(none.exitCode()).isEqualTo(1);
        assertThat(none.err()).contains("There is no active connection 00000000");
        assertThat(database.rows("SELECT id FROM reconciliations WHERE actor = 'operator'"))
                .isEmpty();
    }

    @Test
    void a_tenant_of_whom_nothing_is_read_is_asked_within() throws SQLException {
        OperatorDatabase database = OperatorDatabase.migrated();
        OneRowOfEverything.insert(database, "fine");
        database.execute("DELETE FROM integration_syncs");

        OperatorDatabase.Outcome outcome = database.command("reconcile", "--tenant=fine");

        assertThat(outcome.out())
                .contains("No active connection is read.")
                .contains("Nothing differs.");
        assertThat(outcome.exitCode()).isZero();
    }
}
