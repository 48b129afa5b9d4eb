package io.customergraph.paging;

import static org.assertj.core.api.Assertions.assertThat;

import io.customergraph.commerce.ShopifyCustomers;
import io.customergraph.commerce.ShopifyOrderItems;
import io.customergraph.commerce.ShopifyOrders;
import io.customergraph.commerce.ShopifyProducts;
import io.customergraph.commerce.ShopifyRefunds;
import io.customergraph.conversation.OmniConversations;
import io.customergraph.conversation.OmniMessages;
import io.customergraph.delivery.IntegrationEvent;
import io.customergraph.integration.ApiCall;
import io.customergraph.link.MatchDecisions;
import io.customergraph.partner.Dialog360Channel;
import io.customergraph.partner.MetaWhatsAppPhoneNumber;
import io.customergraph.payment.Enrollments;
import io.customergraph.payment.TransactionRefunds;
import io.customergraph.payment.Transactions;
import io.customergraph.reconcile.Reconciliation;
import io.customergraph.reconcile.ReconciliationDifference;
import io.customergraph.scheduling.Appointments;
import io.customergraph.scheduling.Prospects;
import io.customergraph.support.SupportContacts;
import io.customergraph.support.SupportTickets;
import io.customergraph.tenant.TenantId;
import io.customergraph.testing.Plans;
import io.customergraph.testing.TestDatabase;
import io.customergraph.timeline.Timeline;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;

import java.util.UUID;
import java.util.stream.Stream;

/**
 * A page of children is read off an index for each parent, from the cursor on, whatever follows.
 */
class ConnectionPlanTest {

    private static final TenantId TENANT = TestDatabase.shared().newTenant();

    static Stream<Connection<?>> connections() {
        return Stream.of(
                ShopifyCustomers.OF_CUSTOMER,
                ShopifyOrders.OF_CUSTOMER,
                ShopifyOrders.OF_SHOPIFY_CUSTOMER,
                ShopifyOrderItems.OF_ORDER,
                ShopifyRefunds.OF_ORDER,
                ShopifyProducts.VARIANTS,
                SupportTickets.OF_CUSTOMER,
                SupportContacts.OF_CUSTOMER,
                Appointments.OF_CUSTOMER,
                Prospects.OF_CUSTOMER,
                OmniConversations.OF_CUSTOMER,
                OmniMessages.OF_CONVERSATION,
                Transactions.OF_CUSTOMER,
                TransactionRefunds.OF_TRANSACTION,
                Enrollments.OF_CUSTOMER,
                MatchDecisions.OF_CUSTOMER,
                Timeline.OF_CUSTOMER,
                IntegrationEvent.OF_CONNECTION,
                ApiCall.OF_CONNECTION,
                Reconciliation.OF_CONNECTION,
                ReconciliationDifference.OF_RECONCILIATION,
                Dialog360Channel.OF_CLIENT,
                MetaWhatsAppPhoneNumber.OF_CLIENT);
    }

    @ParameterizedTest
    @MethodSource("connections")
    void a_page_starts_in_an_index_at_the_cursor(Connection<?> connection) {
        for (boolean isBackward : new boolean[] {true, false}) {
            String plan =
                    Plans.of(
                            TENANT,
                            client ->
                                    bound(
                                            client.sql(
                                                    "EXPLAIN "
                                                            + (isBackward
                                                                    ? connection.backward()
                                                                    : connection.forward())),
                                            connection,
                                            connection.edge(isBackward)));

            assertThat(plan)
                    .as(connection.name())
                    .containsPattern("Index Cond: .*tenant_id.*ROW\\(")
                    .doesNotContain("Seq Scan");
            // Of several lists, each in order, the first few are merged; one list needs no order.
            if (!plan.contains("Append")) {
                assertThat(plan).as(connection.name()).doesNotContain("Sort");
            }
        }
    }

    private static GenericExecuteSpec bound(
            GenericExecuteSpec spec, Connection<?> connection, Cursor cursor) {
        GenericExecuteSpec bound =
                spec.bind(0, TENANT.value())
                        .bind(1, new UUID[] {UUID.randomUUID(), UUID.randomUUID()})
                        .bind(2, connection.parameter().apply(cursor.key()))
                        .bind(3, cursor.id())
                        .bind(4, 11);
        return connection.isOfKinds() ? bound.bindNull(5, String[].class) : bound;
    }
}
