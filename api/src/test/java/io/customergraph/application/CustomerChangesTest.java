package io.customergraph.application;

import static io.customergraph.testing.Records.newId;
import static io.customergraph.testing.Records.person;
import static io.customergraph.testing.Records.shopifyCustomer;
import static io.customergraph.testing.Records.ticket;

import static org.assertj.core.api.Assertions.assertThat;

import io.customergraph.graphql.NodeId;
import io.customergraph.graphql.NodeType;
import io.customergraph.ingest.Ingestion;
import io.customergraph.ingest.SourceRecord;
import io.customergraph.tenant.Scope;
import io.customergraph.tenant.TenantContext;
import io.customergraph.tenant.TenantId;
import io.customergraph.testing.TestDatabase;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.graphql.test.tester.GraphQlTester.Response;
import org.springframework.graphql.test.tester.HttpGraphQlTester;

import java.util.List;
import java.util.Map;
import java.util.UUID;

@CustomerGraphTest
@SuppressWarnings("NullAway.Init") // JUnit and Spring set the fields.
class CustomerChangesTest {

    private static final String CREATE =
            """
            mutation ($input: CreateCustomerInput!) {
              createCustomer(input: $input) {
                customer { id version displayName email phone source }
                userErrors { code field message }
              }
            }
            """;

    private static final String UPDATE =
            """
            mutation ($input: UpdateCustomerInput!) {
              updateCustomer(input: $input) {
                customer { id version firstName email tags }
                userErrors { code field }
              }
            }
            """;

    private static final String UNLINK =
            """
            mutation ($id: ID!) {
              unlinkRecord(input: { recordId: $id, reason: "not hers" }) {
                record { id ... on SupportTicket { customer { id } } }
                customer { id stats { totalTickets } }
                userErrors { code field }
              }
            }
            """;

    private static final String LINK =
            """
            mutation ($record: ID!, $customer: ID!) {
              linkRecord(input: { recordId: $record, customerId: $customer }) {
                record { ... on SupportTicket { customer { id } } }
                customer { stats { totalTickets } resolutionHistory { nodes { kind rule actor withdrawnAt } } }
                userErrors { code field message }
              }
            }
            """;

    private final TenantId tenant = TestDatabase.shared().newTenant();

    @Value("${local.server.port}")
    private int port;

    @Autowired private Ingestion ingestion;

    private HttpGraphQlTester steward;

    @BeforeEach
    void letTheStewardIn() {
        steward = TestKeys.client(port, tenant, Scope.CUSTOMERS_READ, Scope.CUSTOMERS_WRITE);
    }

    private Response create(Map<String, Object> input) {
        return steward.document(CREATE).variable("input", input).execute();
    }

    private Response update(Map<String, Object> input) {
        return steward.document(UPDATE).variable("input", input).execute();
    }

    private void ingest(SourceRecord... records) {
        ingestion.ingest(List.of(records)).contextWrite(TenantContext.of(tenant)).block();
    }

    @Test
    void a_customer_is_created_changed_and_found_again() {
        Response created = create(Map.of("firstName", "Sara", "email", "SARA@example.com"));
        created.path("createCustomer.userErrors").entityList(Object.class).hasSize(0);
        String id = created.path("createCustomer.customer.id").entity(String.class).get();

        update(Map.of("id", id, "expectedVersion", 1, "tags", List.of("vip")))
                .path("updateCustomer.customer")
                .matchesJson(
                        """
                        {"version": 2, "firstName": "Sara", "tags": ["vip"]}
                        """);
        steward.document("{ customer(by: { email: \"sara@example.com\" }) { id } }")
                .execute()
                .path("customer.id")
                .entity(String.class)
                .isEqualTo(id);
    }

    @Test
    void a_version_that_is_gone_is_a_user_error_and_changes_nothing() {
        String id =
                create(Map.of("firstName", "One"))
                        .path("createCustomer.customer.id")
                        .entity(String.class)
                        .get();
        update(Map.of("id", id, "firstName", "Uno"));

        Response late = update(Map.of("id", id, "expectedVersion", 1, "firstName", "Eins"));

        late.path("updateCustomer.customer").valueIsNull();
        late.path("updateCustomer.userErrors[0].code")
                .entity(String.class)
                .isEqualTo("VERSION_CONFLICT");
        steward.document("query ($id: ID!) { customer(by: { id: $id }) { firstName } }")
                .variable("id", id)
                .execute()
                .path("customer.firstName")
                .entity(String.class)
                .isEqualTo("Uno");
    }

    @Test
    void what_is_wrong_with_an_input_is_told_field_by_field() {
        Response refused = create(Map.of("email", "not an address", "phone", "1"));

        refused.path("createCustomer.userErrors[*].field[1]")
                .entityList(String.class)
                .containsExactly("email", "phone");
        create(Map.of())
                .path("createCustomer.userErrors[0].code")
                .entity(String.class)
                .isEqualTo("REQUIRED");
    }

    @Test
    void an_address_of_another_customer_is_taken() {
        create(Map.of("email", "one@example.com"));

        create(Map.of("email", "ONE@example.com"))
                .path("createCustomer.userErrors[0].code")
                .entity(String.class)
                .isEqualTo("TAKEN");
    }

    @Test
    void a_record_is_taken_out_and_put_back() {
        ingest(
                shopifyCustomer(newId(), "Sara", "s@example.com", null),
                ticket(person(null, "Somebody", "s@example.com", null)));
        Response read =
                steward.document(
                                "{ customer(by: { email: \"s@example.com\" }) { id tickets { nodes"
                                        + " { id } } } }")
                        .execute();
        String customer = read.path("customer.id").entity(String.class).get();
        String ticket = read.path("customer.tickets.nodes[0].id").entity(String.class).get();

        Response unlinked = steward.document(UNLINK).variable("id", ticket).execute();
        unlinked.path("unlinkRecord.record.customer").valueIsNull();
        unlinked.path("unlinkRecord.customer.stats.totalTickets")
                .entity(Integer.class)
                .isEqualTo(0);

        Response linked =
                steward.document(LINK)
                        .variable("record", ticket)
                        .variable("customer", customer)
                        .execute();
        linked.path("linkRecord.record.customer.id").entity(String.class).isEqualTo(customer);
        linked.path("linkRecord.customer.stats.totalTickets").entity(Integer.class).isEqualTo(1);
        linked.path("linkRecord.customer.resolutionHistory.nodes[0].rule")
                .entity(String.class)
                .isEqualTo("steward");
    }

    @Test
    void another_tenants_things_are_as_if_they_were_not() {
        ingest(ticket(person("1", "Sara", "s@example.com", null)));
        Response ours =
                steward.document(
                                "{ customer(by: { email: \"s@example.com\" }) { id tickets { nodes"
                                        + " { id } } } }")
                        .execute();
        String customer = ours.path("customer.id").entity(String.class).get();
        String ticket = ours.path("customer.tickets.nodes[0].id").entity(String.class).get();
        HttpGraphQlTester rival =
                TestKeys.client(
                        port,
                        TestDatabase.shared().newTenant(),
                        Scope.CUSTOMERS_READ,
                        Scope.CUSTOMERS_WRITE);

        rival.document("query ($id: ID!) { node(id: $id) { id } customer(by: { id: $id }) { id } }")
                .variable("id", customer)
                .execute()
                .path("node")
                .valueIsNull()
                .path("customer")
                .valueIsNull();
        rival.document(UNLINK)
                .variable("id", ticket)
                .execute()
                .path("unlinkRecord.userErrors[0].code")
                .entity(String.class)
                .isEqualTo("NOT_FOUND");
        rival.document(UPDATE)
                .variable("input", Map.of("id", customer, "firstName", "Mine"))
                .execute()
                .path("updateCustomer.userErrors[0].code")
                .entity(String.class)
                .isEqualTo("NOT_FOUND");
    }

    @Test
    void a_key_that_may_only_read_changes_nothing() {
        TestKeys.client(port, tenant, Scope.CUSTOMERS_READ)
                .document(CREATE)
                .variable("input", Map.of("firstName", "X"))
                .execute()
                .errors()
                .satisfy(
                        errors ->
                                assertThat(errors.getFirst().getExtensions())
                                        .containsEntry("code", "FORBIDDEN"));
    }

    @Test
    void a_product_belongs_to_nobody_and_says_so() {
        String product = NodeId.encode(NodeType.SHOPIFY_PRODUCT, UUID.randomUUID());

        steward.document(UNLINK)
                .variable("id", product)
                .execute()
                .errors()
                .satisfy(
                        errors ->
                                assertThat(errors.getFirst().getExtensions())
                                        .containsEntry("code", "INVALID_ID"));
    }
}
