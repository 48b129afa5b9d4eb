package io.customergraph.reads;

import static org.assertj.core.api.Assertions.assertThat;

import io.customergraph.application.CustomerGraphTest;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.boot.test.web.server.LocalServerPort;

import tools.jackson.databind.JsonNode;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Two tenants who know the same people by the same addresses and ids see their own data only. */
@CustomerGraphTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // JUnit sets the fields before the first test.
class IsolationTest {

    private static final String EVERYTHING =
            """
            {
              customers(first: 10, query: "person") {
                totalCount
                nodes {
                  id email tags
                  stats { totalOrders totalTickets lifetimeValue { amount currency } }
                  identifiers { value } provenance { value } channelIdentities { identity }
                  shopifyCustomers { totalCount nodes { id orders { totalCount nodes { id } } } }
                  orders { totalCount nodes { id
                    items { nodes { id product { id variants { nodes { id } } } variant { id } } } } }
                  tickets { totalCount nodes { id subject } }
                  supportContacts { totalCount nodes { id } }
                  appointments { totalCount nodes { id } }
                  conversations { totalCount nodes { id messages { nodes { id } } } }
                  prospects { totalCount nodes { id } }
                  transactions { totalCount nodes { id refunds { nodes { id } } } }
                  enrollments { totalCount nodes { id } }
                  timeline { totalCount nodes { node { id } } }
                  resolutionHistory { totalCount nodes { id } }
                }
              }
            }
            """;

    @LocalServerPort private int port;

    private GraphClient ours;
    private GraphClient theirs;

    @BeforeAll
    void know_the_same_person() {
        ours = GraphClient.ofNewTenant(port);
        theirs = GraphClient.ofNewTenant(port);
        for (GraphClient client : List.of(ours, theirs)) {
            client.ingest(FullHistory.product());
            client.ingest(FullHistory.of(1, 2));
        }
        theirs.ingest(FullHistory.of(2, 1));
        theirs.update("UPDATE customers SET tags = '{secret}' WHERE tenant_id = ?");
        theirs.update("UPDATE support_tickets SET subject = 'secret' WHERE tenant_id = ?");
    }

    @Test
    void no_field_shows_what_another_tenant_has() {
        JsonNode here = ours.ask(EVERYTHING);
        JsonNode there = theirs.ask(EVERYTHING);

        assertThat(there.toString()).contains("secret");
        assertThat(here.toString()).doesNotContain("secret");
        assertThat(here.path("customers").path("totalCount").asInt()).isOne();
        assertThat(there.path("customers").path("totalCount").asInt()).isEqualTo(2);
        assertThat(ids(here)).hasSizeGreaterThan(20).doesNotContainAnyElementsOf(ids(there));
        assertThat(here.findValuesAsString("totalCount")).contains("2").doesNotContain("0", "4");
    }

    @Test
    void an_id_of_another_tenant_answers_as_one_that_never_was() {
        List<String> foreign = ids(theirs.ask(EVERYTHING)).stream().distinct().toList();

        assertThat(foreign).hasSizeBetween(20, 100);
        JsonNode nodes =
                ours.ask(
                        "query($ids: [ID!]!) { nodes(ids: $ids) { __typename id } }",
                        Map.of("ids", foreign));
        assertThat(nodes.path("nodes")).hasSize(foreign.size()).allMatch(JsonNode::isNull);

        JsonNode owned =
                theirs.ask(
                        "query($ids: [ID!]!) { nodes(ids: $ids) { id } }", Map.of("ids", foreign));
        assertThat(GraphClient.texts(owned.path("nodes"), "id")).isEqualTo(foreign);
    }

    @Test
    void a_value_names_the_customer_of_the_callers_tenant() {
        String byEmail = "{ customer(by: {email: \"Person1@example.com\"}) { id tags } }";

        assertThat(ours.ask(byEmail).path("customer").path("tags")).isEmpty();
        assertThat(theirs.ask(byEmail).path("customer").path("tags")).hasSize(1);
        assertThat(
                        ours.ask("{ customer(by: {email: \"person2@example.com\"}) { id } }")
                                .path("customer")
                                .isNull())
                .isTrue();
    }

    @Test
    void a_cursor_of_another_tenant_is_a_place_in_ones_own_list() {
        JsonNode there = theirs.ask("{ customers(first: 1) { pageInfo { endCursor } } }");
        String cursor = there.path("customers").path("pageInfo").path("endCursor").asString();

        JsonNode here =
                ours.ask(
                        "query($c: String) { customers(first: 9, after: $c) { nodes { tags } } }",
                        Map.of("c", cursor));

        assertThat(here.toString()).doesNotContain("secret");
    }

    private static List<String> ids(JsonNode data) {
        return new ArrayList<>(data.findValuesAsString("id"));
    }
}
