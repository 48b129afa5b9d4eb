package io.customergraph.graphql;

import io.customergraph.commerce.ShopifyCustomers;
import io.customergraph.commerce.ShopifyOrderItems;
import io.customergraph.commerce.ShopifyOrders;
import io.customergraph.commerce.ShopifyProducts;
import io.customergraph.commerce.ShopifyRefunds;
import io.customergraph.conversation.OmniConversations;
import io.customergraph.conversation.OmniMessages;
import io.customergraph.customer.Customers;
import io.customergraph.delivery.IntegrationEvent;
import io.customergraph.integration.IntegrationConnection;
import io.customergraph.integration.IntegrationProvider;
import io.customergraph.link.MatchDecisions;
import io.customergraph.model.MatchModels;
import io.customergraph.paging.Lookup;
import io.customergraph.partner.Dialog360Channel;
import io.customergraph.partner.Dialog360Client;
import io.customergraph.partner.MetaWhatsAppClient;
import io.customergraph.partner.MetaWhatsAppPhoneNumber;
import io.customergraph.payment.Enrollments;
import io.customergraph.payment.TransactionRefunds;
import io.customergraph.payment.Transactions;
import io.customergraph.privacy.PrivacyRequest;
import io.customergraph.reconcile.Reconciliation;
import io.customergraph.review.MatchCandidates;
import io.customergraph.run.MatchRun;
import io.customergraph.scheduling.Appointments;
import io.customergraph.scheduling.Prospects;
import io.customergraph.support.SupportContacts;
import io.customergraph.support.SupportTickets;
import io.customergraph.tenant.Scope;

import java.util.Optional;

/**
 * The types that have global ids. The number is part of every id that was issued: never reuse one.
 */
@SuppressWarnings("ImmutableEnumChecker") // A lookup is a record of constants.
public enum NodeType {
    CUSTOMER(1, Scope.CUSTOMERS_READ, Customers.LOOKUP),
    SHOPIFY_CUSTOMER(2, Scope.CUSTOMERS_READ, ShopifyCustomers.LOOKUP),
    SHOPIFY_ORDER(3, Scope.CUSTOMERS_READ, ShopifyOrders.LOOKUP),
    SHOPIFY_ORDER_ITEM(4, Scope.CUSTOMERS_READ, ShopifyOrderItems.LOOKUP),
    SHOPIFY_PRODUCT(5, Scope.CUSTOMERS_READ, ShopifyProducts.LOOKUP),
    SHOPIFY_PRODUCT_VARIANT(6, Scope.CUSTOMERS_READ, ShopifyProducts.VARIANT_LOOKUP),
    SUPPORT_TICKET(7, Scope.CUSTOMERS_READ, SupportTickets.LOOKUP),
    APPOINTMENT(8, Scope.CUSTOMERS_READ, Appointments.LOOKUP),
    PROSPECT(9, Scope.CUSTOMERS_READ, Prospects.LOOKUP),
    OMNI_CONVERSATION(10, Scope.CUSTOMERS_READ, OmniConversations.LOOKUP),
    OMNI_MESSAGE(11, Scope.CUSTOMERS_READ, OmniMessages.LOOKUP),
    TRANSACTION(12, Scope.CUSTOMERS_READ, Transactions.LOOKUP),
    ENROLLMENT(13, Scope.CUSTOMERS_READ, Enrollments.LOOKUP),
    MATCH_DECISION(14, Scope.CUSTOMERS_READ, MatchDecisions.LOOKUP),
    MATCH_CANDIDATE(15, Scope.MATCHING_REVIEW, MatchCandidates.LOOKUP),
    MATCH_RUN(16, Scope.MATCHING_REVIEW, MatchRun.LOOKUP),
    MATCH_MODEL(17, Scope.MATCHING_REVIEW, MatchModels.LOOKUP),
    INTEGRATION_PROVIDER(18, Scope.INTEGRATIONS_READ, IntegrationProvider.LOOKUP),
    INTEGRATION_CONNECTION(19, Scope.INTEGRATIONS_READ, IntegrationConnection.LOOKUP),
    INTEGRATION_EVENT(20, Scope.INTEGRATIONS_READ, IntegrationEvent.LOOKUP),
    DIALOG_360_CLIENT(22, Scope.INTEGRATIONS_READ, Dialog360Client.LOOKUP),
    DIALOG_360_CHANNEL(23, Scope.INTEGRATIONS_READ, Dialog360Channel.LOOKUP),
    META_WHATSAPP_CLIENT(24, Scope.INTEGRATIONS_READ, MetaWhatsAppClient.LOOKUP),
    META_WHATSAPP_PHONE_NUMBER(25, Scope.INTEGRATIONS_READ, MetaWhatsAppPhoneNumber.LOOKUP),
    SHOPIFY_REFUND(28, Scope.CUSTOMERS_READ, ShopifyRefunds.LOOKUP),
    TRANSACTION_REFUND(29, Scope.CUSTOMERS_READ, TransactionRefunds.LOOKUP),
    SUPPORT_CONTACT(30, Scope.CUSTOMERS_READ, SupportContacts.LOOKUP),
    PRIVACY_REQUEST(31, Scope.TENANT_ADMIN, PrivacyRequest.LOOKUP),
    RECONCILIATION(32, Scope.INTEGRATIONS_READ, Reconciliation.LOOKUP);

    private static final NodeType[] BY_NUMBER = new NodeType[64];

    static {
        for (NodeType type : values()) {
            BY_NUMBER[type.number] = type;
        }
    }

    private final int number;
    private final Scope scope;
    private final Lookup<?> lookup;

    NodeType(int number, Scope scope, Lookup<?> lookup) {
        this.number = number;
        this.scope = scope;
        this.lookup = lookup;
    }

    int number() {
        return number;
    }

    /** What a caller needs to be told even whether there is such a thing. */
    public Scope scope() {
        return scope;
    }

    /** Reads things of the type by their ids. */
    public Lookup<?> lookup() {
        return lookup;
    }

    /** The name in the schema. */
    public String typeName() {
        return lookup.name();
    }

    static Optional<NodeType> ofNumber(int number) {
        return number < 0 || number >= BY_NUMBER.length
                ? Optional.empty()
                : Optional.ofNullable(BY_NUMBER[number]);
    }
}
