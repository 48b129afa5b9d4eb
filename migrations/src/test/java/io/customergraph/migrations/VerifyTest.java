package io.customergraph.migrations;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.sql.SQLException;
import java.util.List;

class VerifyTest {

    @Test
    void a_database_in_order_has_no_problem() throws SQLException {
        OperatorDatabase database = OperatorDatabase.migrated();
        OneRowOfEverything.insert(database, "fine");

        OperatorDatabase.Outcome outcome = database.command("verify");

        assertThat(outcome.out()).isEqualToIgnoringNewLines("No problem found.");
        assertThat(outcome.exitCode()).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    statistics that differ | UPDATE customers SET total_orders = 7
                    last contact before | UPDATE customers SET last_contact_at = '2020-01-01'
                    lifetime value that differs | UPDATE customer_lifetime_values SET amount = amount + 0.0001
                    lifetime value that differs | DELETE FROM customer_lifetime_values
                    linked record without the decision | UPDATE match_decisions SET withdrawn_at = now(), withdrawn_by = 'x'
                    record of another customer than decided | UPDATE support_tickets SET customer_id = NULL
                    living customer that search does not know | DELETE FROM customer_search
                    tenant without a policy | DELETE FROM identifier_policies WHERE kind = 'email'
                    tenant with an unknown time zone | UPDATE tenants SET default_timezone = 'Mars/Base'
                    whose count differs from its messages | DELETE FROM omni_messages
                    whose product came and was not joined | UPDATE shopify_order_items SET product_id = NULL, shopify_product_id = 1
                    table without row-level security | ALTER TABLE prospects DISABLE ROW LEVEL SECURITY
                    table without row-level security | CREATE TABLE forgotten (tenant_id text)
                    owned by the application | ALTER TABLE prospects OWNER TO customergraph_app
                    index that is not valid | UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'customers_email'::regclass
                    constraint that was not validated | ALTER TABLE prospects ADD CONSTRAINT named CHECK (id IS NOT NULL) NOT VALID
                    everybody may analyse | GRANT EXECUTE ON FUNCTION analyze_grown_tables TO PUBLIC
                    message of a version that | UPDATE omni_messages SET told_at = 'infinity'
                    several living customers | DROP INDEX customers_email; INSERT INTO customers (tenant_id, id, email, source) SELECT tenant_id, gen_random_uuid(), email, source FROM customers
                    living identifier of several | DROP INDEX customer_identifiers_owner; INSERT INTO customer_identifiers SELECT tenant_id, gen_random_uuid(), customer_id, kind, scope, value, canonical, assurance, is_generic, people_seen, source_type, record_type, record_id, valid_from FROM customer_identifiers
                    merged customer without a survivor | UPDATE customers SET status = 'merged', merged_into = id
                    connection of a provider that is not registered | UPDATE integration_connections SET provider = 'nobody'
                    secret of a disconnected connection | UPDATE integration_connections SET status = 'disconnected', disconnected_at = now()
                    secret whose key is another | UPDATE integration_secrets SET key_id = 7
                    delivery that no node has taken up | UPDATE integration_events SET next_attempt_at = now() - interval '2 hours'
                    delivery that waits and has no body | UPDATE integration_events SET body_ref = NULL
                    body that is kept a week past its retention | UPDATE integration_events SET status = 'ignored', processed_at = now(), received_at = now() - interval '40 days'
                    header with a secret | UPDATE integration_events SET headers = '{"x-shopify-hmac-sha256": "a"}'
                    claimed without having been begun | UPDATE integration_events SET status = 'processing', claimed_by = 'x', claimed_until = now()
                    authorization that should be deleted | UPDATE integration_oauth_states SET created_at = now() - interval '9 days', expires_at = now() - interval '9 days' + interval '1 minute'
                    request that was taken without an answer | UPDATE integration_pushes SET answer = NULL
                    refund that names two payments | INSERT INTO transactions SELECT (jsonb_populate_record(t, jsonb_build_object('id', gen_random_uuid(), 'external_id', 'another', 'also_known_as', f.payment_external_id))).* FROM transactions t JOIN transaction_refunds f USING (tenant_id, source_type, source_account) WHERE f.payment_external_id = t.external_id
                    not joined with its invoice | INSERT INTO transactions SELECT (jsonb_populate_record(t, jsonb_build_object('id', gen_random_uuid(), 'external_id', 'inv', 'also_known_as', t.external_id, 'is_invoice', true))).* FROM transactions t
                    history that tells of records it did not count | UPDATE integration_syncs SET rejections = '[{"id": "1", "reason": "x"}]'
                    history that nobody reads any more | UPDATE integration_syncs SET next_at = now() - interval '2 days'
                    reconciliation that nobody works at | UPDATE reconciliations SET next_at = now() - interval '2 days'
                    reconciliation that ended and keeps | UPDATE reconciliations SET status = 'failed', finished_at = now()
                    call whose path is no template | UPDATE integration_api_logs SET path = '/orders/123456'
                    first language is not Arabic | UPDATE integration_providers SET is_mena_provider = true
                    way to pay that is no capability | UPDATE integration_providers SET payment_capabilities = '{mada}'
                    row of a customer that is not there | SET session_replication_role = 'replica'; DELETE FROM customers
                    """)
    void what_is_out_of_order_is_found(String problem, String damage) throws SQLException {
        OperatorDatabase database = OperatorDatabase.migrated();
        OneRowOfEverything.insert(database, "damaged");
        database.execute(damage);

        OperatorDatabase.Outcome outcome = database.command("verify");

        assertThat(outcome.exitCode()).isEqualTo(Migrate.PROBLEMS_FOUND);
        assertThat(outcome.out()).contains(problem).doesNotContain("someone@example.com");
    }

    @Test
    void a_user_that_sees_one_tenant_is_refused() throws SQLException {
        OperatorDatabase database = OperatorDatabase.migrated();
        database.execute("ALTER ROLE customergraph_app LOGIN");
        database.execute("GRANT SELECT ON flyway_schema_history TO customergraph_app");

        OperatorDatabase.Outcome outcome = database.commandAs("customergraph_app", "verify");

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.err()).contains("connect as the owner");
    }

    @Test
    void every_migration_can_be_undone_and_every_table_group_verified() throws SQLException {
        List<String> scripts =
                OperatorDatabase.migrated().rows("SELECT script FROM flyway_schema_history");

        for (String file : scripts) {
            Script script = new Script("1", file);
            assertThat(script.undo()).as("undo of %s", file).isPresent();
            assertThat(script.verify()).as("verification of %s", file).isPresent();
        }
    }
}
