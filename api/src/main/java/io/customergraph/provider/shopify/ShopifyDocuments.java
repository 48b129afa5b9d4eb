package io.customergraph.provider.shopify;

/**
 * What is asked of the Admin GraphQL API. A page and a bulk operation ask for the same fields, so
 * that {@link ShopifyNodes} reads both; a bulk operation takes no connection within a list, so that
 * what a refund consists of is asked for by {@link #REFUNDS}.
 */
final class ShopifyDocuments {

    private static final String MONEY = "{ shopMoney { amount currencyCode } }";

    private static final String LINE =
            """
            id title variantTitle sku vendor quantity product { id } variant { id }
            originalUnitPriceSet %1$s totalDiscountSet %1$s
            """
                    .formatted(MONEY);

    private static final String ORDER =
            """
            id name createdAt updatedAt processedAt closedAt cancelledAt email phone sourceName tags
            currencyCode displayFinancialStatus displayFulfillmentStatus
            totalPriceSet %1$s subtotalPriceSet %1$s totalTaxSet %1$s totalDiscountsSet %1$s
            customer { id firstName lastName defaultEmailAddress { emailAddress }
                       defaultPhoneNumber { phoneNumber } }
            billingAddress { firstName lastName phone countryCodeV2 }
            shippingAddress { countryCodeV2 }
            customerJourneySummary { firstVisit { landingPage referrerUrl } }
            refunds(first: 1) { id }
            """
                    .formatted(MONEY);

    private static final String CUSTOMER =
            """
            id firstName lastName createdAt updatedAt state tags verifiedEmail numberOfOrders
            amountSpent { amount currencyCode }
            defaultEmailAddress { emailAddress marketingState }
            defaultPhoneNumber { phoneNumber marketingState }
            defaultAddress { firstName lastName phone countryCodeV2 }
            """;

    private static final String VARIANT = "id title sku price compareAtPrice createdAt updatedAt";

    private static final String PRODUCT =
            "id title handle productType status vendor tags publishedAt createdAt updatedAt";

    /** The refunds of orders: more than fifty of one order are left to their webhooks. */
    static final String REFUNDS =
            """
            query ($ids: [ID!]!) { nodes(ids: $ids) { ... on Order { id refunds(first: 50) {
              id createdAt updatedAt transactions(first: 5) { nodes {
                kind status createdAt processedAt
                amountSet { presentmentMoney { amount currencyCode } } } } } } } }
            """;

    private ShopifyDocuments() {}

    /** The connection within a node of what; empty where there is none. */
    static String children(ShopifyResource what) {
        return switch (what) {
            case ORDERS -> "lineItems";
            case PRODUCTS -> "variants";
            case CUSTOMERS -> "";
        };
    }

    private static String fields(ShopifyResource what) {
        return switch (what) {
            case ORDERS -> ORDER;
            case PRODUCTS -> PRODUCT;
            case CUSTOMERS -> CUSTOMER;
        };
    }

    private static String fieldsOfChildren(ShopifyResource what) {
        return what == ShopifyResource.ORDERS ? LINE : VARIANT;
    }

    /** A page: {@code $first}, {@code $after}, {@code $changed}. */
    static String page(ShopifyResource what, int children) {
        String within =
                children(what).isEmpty()
                        ? ""
                        : "%s(first: %d) { edges { node { %s } } pageInfo { hasNextPage endCursor } }"
                                .formatted(children(what), children, fieldsOfChildren(what));
        return """
        query ($first: Int!, $after: String, $changed: String) {
          page: %s(first: $first, after: $after, query: $changed, sortKey: UPDATED_AT) {
            edges { cursor node { %s %s } }
            pageInfo { hasNextPage endCursor } } }
        """
                .formatted(what.path(), fields(what), within);
    }

    /** More children of one node: {@code $id}, {@code $first}, {@code $after}. */
    static String more(ShopifyResource what) {
        String type = what == ShopifyResource.ORDERS ? "Order" : "Product";
        return """
        query ($id: ID!, $first: Int!, $after: String) { node(id: $id) { ... on %s {
          %s(first: $first, after: $after) {
            edges { node { %s } } pageInfo { hasNextPage endCursor } } } } }
        """
                .formatted(type, children(what), fieldsOfChildren(what));
    }

    /** Everything there is, for a bulk operation. */
    static String bulk(ShopifyResource what) {
        String within =
                children(what).isEmpty()
                        ? ""
                        : children(what) + " { edges { node { " + fieldsOfChildren(what) + " } } }";
        return "{ %s { edges { node { %s %s } } } }".formatted(what.path(), fields(what), within);
    }
}
