package io.customergraph.customer.graphql;

import graphql.schema.idl.RuntimeWiring;

import io.customergraph.commerce.ShopifyCustomers;
import io.customergraph.commerce.ShopifyOrders;
import io.customergraph.conversation.OmniConversations;
import io.customergraph.customer.ChannelIdentity;
import io.customergraph.customer.Customer;
import io.customergraph.customer.CustomerConsent;
import io.customergraph.customer.CustomerIdentifier;
import io.customergraph.customer.Customers;
import io.customergraph.customer.FieldProvenance;
import io.customergraph.customer.IdentifierPolicy;
import io.customergraph.customer.MergedCustomer;
import io.customergraph.customer.UserError;
import io.customergraph.graphql.Fields;
import io.customergraph.graphql.Graph;
import io.customergraph.graphql.NodeId;
import io.customergraph.graphql.NodeType;
import io.customergraph.link.MatchDecisions;
import io.customergraph.link.PastCustomer;
import io.customergraph.money.Money;
import io.customergraph.payment.Enrollments;
import io.customergraph.payment.Transactions;
import io.customergraph.scheduling.Appointments;
import io.customergraph.scheduling.Prospects;
import io.customergraph.support.SupportContacts;
import io.customergraph.support.SupportTickets;
import io.customergraph.timeline.Timeline;

import org.springframework.graphql.execution.RuntimeWiringConfigurer;
import org.springframework.stereotype.Component;

/** The fields of customers. */
@Component
final class CustomerFields implements RuntimeWiringConfigurer {

    private final Graph graph;

    CustomerFields(Graph graph) {
        this.graph = graph;
    }

    @Override
    public void configure(RuntimeWiring.Builder wiring) {
        Fields.ofNode(NodeType.CUSTOMER, Customer.class, Customer::id)
                .value("displayName", Customer::displayName)
                .value("stats", customer -> customer)
                .fetcher("identifiers", graph.list(Customers.IDENTIFIERS_OF, Customer::id))
                .fetcher(
                        "channelIdentities",
                        graph.list(Customers.CHANNEL_IDENTITIES_OF, Customer::id))
                .fetcher("consents", graph.list(Customers.CONSENTS_OF, Customer::id))
                .fetcher("provenance", graph.list(Customers.PROVENANCE_OF, Customer::id))
                .fetcher("mergedFrom", graph.list(Customers.MERGED_FROM_OF, Customer::id))
                .fetcher("mergedInto", graph.one(Customers.LOOKUP, Customer::mergedInto))
                .fetcher(
                        "shopifyCustomers",
                        graph.connection(ShopifyCustomers.OF_CUSTOMER, Customer::id))
                .fetcher("orders", graph.connection(ShopifyOrders.OF_CUSTOMER, Customer::id))
                .fetcher("tickets", graph.connection(SupportTickets.OF_CUSTOMER, Customer::id))
                .fetcher(
                        "supportContacts",
                        graph.connection(SupportContacts.OF_CUSTOMER, Customer::id))
                .fetcher("appointments", graph.connection(Appointments.OF_CUSTOMER, Customer::id))
                .fetcher(
                        "conversations",
                        graph.connection(OmniConversations.OF_CUSTOMER, Customer::id))
                .fetcher("prospects", graph.connection(Prospects.OF_CUSTOMER, Customer::id))
                .fetcher("transactions", graph.connection(Transactions.OF_CUSTOMER, Customer::id))
                .fetcher("enrollments", graph.connection(Enrollments.OF_CUSTOMER, Customer::id))
                .fetcher("timeline", graph.connection(Timeline.OF_CUSTOMER, Customer::id))
                .fetcher(
                        "resolutionHistory",
                        graph.connection(MatchDecisions.OF_CUSTOMER, Customer::id))
                .addTo(wiring);
        Fields.of("CustomerStats")
                .components(Customer.class)
                .fetcher("lifetimeValue", graph.list(Customers.LIFETIME_VALUES_OF, Customer::id))
                .addTo(wiring);
        Fields.of("MergedCustomer")
                .value(
                        "id",
                        (MergedCustomer merged) -> NodeId.encode(NodeType.CUSTOMER, merged.id()))
                .addTo(wiring);
        Fields.of("ChannelIdentity").components(ChannelIdentity.class).addTo(wiring);
        Fields.of("CustomerIdentifier").components(CustomerIdentifier.class).addTo(wiring);
        Fields.of("CustomerConsent").components(CustomerConsent.class).addTo(wiring);
        Fields.of("FieldProvenance").components(FieldProvenance.class).addTo(wiring);
        Fields.of("Money")
                .value("amount", Money::inDecimals)
                .value("currency", Money::currency)
                .addTo(wiring);
        Fields.of("CustomerAsOf")
                .components(PastCustomer.class)
                .value("id", (PastCustomer then) -> NodeId.encode(NodeType.CUSTOMER, then.id()))
                .fetcher("customer", graph.one(Customers.LOOKUP, PastCustomer::id))
                .addTo(wiring);
        Fields.of("RecordCount").components(PastCustomer.Records.class).addTo(wiring);
        addPayloads(wiring);
        Fields.addConnections(wiring, "Customer");
        Fields.addEnums(
                wiring,
                "CustomerStatus",
                "ContactMethod",
                "IdentifierKind",
                "Assurance",
                "ConsentChannel",
                "ConsentPurpose",
                "ConsentState",
                "CustomerSortField",
                "SortDirection");
    }

    private static void addPayloads(RuntimeWiring.Builder wiring) {
        Fields.of("CustomerPayload")
                .components(CustomerMutations.CustomerPayload.class)
                .addTo(wiring);
        Fields.of("IdentifierPolicy")
                .components(IdentifierPolicy.class)
                .value("kind", (IdentifierPolicy policy) -> policy.kind().code())
                .value("windowDays", (IdentifierPolicy policy) -> (int) policy.window().toDays())
                .value(
                        "recycledAfterDays",
                        (IdentifierPolicy policy) -> (int) policy.recycledAfter().toDays())
                .addTo(wiring);
        Fields.of("IdentifierPolicyPayload")
                .components(PolicyMutations.PolicyPayload.class)
                .addTo(wiring);
        Fields.of("UserError")
                .components(UserError.class)
                .value("code", (UserError error) -> error.code().name())
                .addTo(wiring);
    }
}
