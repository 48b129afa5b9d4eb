package io.customergraph.reads;

import static org.assertj.core.api.Assertions.assertThat;

import io.customergraph.application.CustomerGraphTest;
import io.customergraph.customer.Assurance;
import io.customergraph.graphql.NodeId;
import io.customergraph.graphql.NodeType;
import io.customergraph.ingest.Origin;
import io.customergraph.ingest.PaymentStatus;
import io.customergraph.ingest.Person;
import io.customergraph.ingest.SourceRecord.RefundRecord;
import io.customergraph.ingest.SourceRecord.TransactionRecord;
import io.customergraph.money.Money;
import io.customergraph.testing.Records;
import io.customergraph.testing.TestDatabase;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

import tools.jackson.databind.JsonNode;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.UUID;

@CustomerGraphTest
@SuppressWarnings("NullAway.Init") // JUnit sets the fields before the first test.
class TransactionRefundsTest {

    private static final String REFUNDS =
            """
            query ($first: Int, $after: String) { customers(first: 1) { nodes {
              transactions(first: 5) { nodes { externalId status refundedAmount { amount }
                refunds(first: $first, after: $after) {
                  totalCount pageInfo { hasNextPage endCursor }
                  nodes { externalId paymentExternalId status amount { amount currency }
                          transaction { externalId } } } } } } } }
            """;

    @LocalServerPort private int port;

    private GraphClient client;

    @BeforeEach
    void know_a_payment_that_has_two_ids() {
        client = GraphClient.ofNewTenant(port);
        client.ingest(
                refund("early", 1, "py-1", PaymentStatus.REFUNDED, "2.250"),
                new TransactionRecord(
                        origin("pr-1", 2),
                        Person.of(null, "Layla", "layla@example.com", null, Assurance.OBSERVED),
                        "paid",
                        Money.of("12.500", "KWD"),
                        BigDecimal.ZERO,
                        "knet",
                        null,
                        null,
                        null,
                        "py-1",
                        false),
                refund("later", 3, "pr-1", PaymentStatus.REFUNDED, "1"),
                refund("asked", 4, "py-1", PaymentStatus.PENDING, "0.500"),
                refund("strange", 5, "pr-9", PaymentStatus.REFUNDED, "7"));
    }

    private static Origin origin(String id, int second) {
        return new Origin(
                "xendit",
                "main",
                id,
                Records.START.plusSeconds(second),
                Records.START.plusSeconds(second));
    }

    private static RefundRecord refund(
            String id, int second, String payment, PaymentStatus status, String amount) {
        return new RefundRecord(origin(id, second), payment, status, Money.of(amount, "KWD"));
    }

    private JsonNode payment(Map<String, ?> variables) {
        return client.ask(REFUNDS, variables).at("/customers/nodes/0/transactions/nodes/0");
    }

    @Test
    void a_payment_has_the_refunds_that_name_it_by_either_id() {
        JsonNode payment = payment(Map.of("first", 5));

        assertThat(payment.path("status").asString()).isEqualTo("PARTLY_REFUNDED");
        assertThat(payment.at("/refundedAmount/amount").asString()).isEqualTo("3.250");
        JsonNode refunds = payment.path("refunds");
        assertThat(refunds.path("totalCount").asInt()).isEqualTo(3);
        assertThat(GraphClient.texts(refunds.path("nodes"), "externalId"))
                .containsExactly("asked", "later", "early");
        assertThat(GraphClient.texts(refunds.path("nodes"), "status"))
                .containsExactly("PENDING", "REFUNDED", "REFUNDED");
        assertThat(refunds.at("/nodes/2").toString())
                .isEqualTo(
                        """
                        {"externalId":"early","paymentExternalId":"py-1","status":"REFUNDED",\
                        "amount":{"amount":"2.250","currency":"KWD"},\
                        "transaction":{"externalId":"pr-1"}}\
                        """);
    }

    @Test
    void pages_of_refunds_go_on_where_they_stopped() {
        JsonNode first = payment(Map.of("first", 2)).path("refunds");
        assertThat(GraphClient.texts(first.path("nodes"), "externalId"))
                .containsExactly("asked", "later");
        assertThat(first.at("/pageInfo/hasNextPage").asBoolean()).isTrue();

        JsonNode second =
                payment(Map.of("first", 2, "after", first.at("/pageInfo/endCursor").asString()))
                        .path("refunds");

        assertThat(GraphClient.texts(second.path("nodes"), "externalId")).containsExactly("early");
        assertThat(second.at("/pageInfo/hasNextPage").asBoolean()).isFalse();
    }

    @Test
    void a_refund_is_read_by_its_id_whether_its_payment_is_known_or_not() {
        List<String> ids = List.of(id("early"), id("later"), id("strange"));

        JsonNode nodes =
                client.ask(
                                """
                                query ($ids: [ID!]!) { nodes(ids: $ids) { id ... on TransactionRefund {
                                  externalId transaction { externalId } } } }
                                """,
                                Map.of("ids", ids))
                        .path("nodes");

        assertThat(GraphClient.texts(nodes, "id")).isEqualTo(ids);
        assertThat(nodes.at("/0/transaction/externalId").asString()).isEqualTo("pr-1");
        assertThat(nodes.at("/1/transaction/externalId").asString()).isEqualTo("pr-1");
        assertThat(nodes.at("/2/externalId").asString()).isEqualTo("strange");
        assertThat(nodes.at("/2/transaction").isNull()).isTrue();
    }

    private String id(String externalId) {
        UUID id =
                TestDatabase.shared()
                        .owner()
                        .queryForList(
                                "SELECT id FROM transaction_refunds"
                                        + " WHERE tenant_id = ? AND external_id = ?",
                                UUID.class,
                                client.tenant().value(),
                                externalId)
                        .getFirst();
        return NodeId.encode(NodeType.TRANSACTION_REFUND, id);
    }
}
