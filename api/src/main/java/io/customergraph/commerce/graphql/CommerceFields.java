package io.customergraph.commerce.graphql;

import graphql.schema.idl.RuntimeWiring;

import io.customergraph.commerce.ShopifyCustomer;
import io.customergraph.commerce.ShopifyCustomers;
import io.customergraph.commerce.ShopifyOrder;
import io.customergraph.commerce.ShopifyOrderItem;
import io.customergraph.commerce.ShopifyOrderItems;
import io.customergraph.commerce.ShopifyOrders;
import io.customergraph.commerce.ShopifyProduct;
import io.customergraph.commerce.ShopifyProductVariant;
import io.customergraph.commerce.ShopifyProducts;
import io.customergraph.commerce.ShopifyRefund;
import io.customergraph.commerce.ShopifyRefunds;
import io.customergraph.customer.Customers;
import io.customergraph.graphql.Fields;
import io.customergraph.graphql.Graph;
import io.customergraph.graphql.NodeType;

import org.springframework.graphql.execution.RuntimeWiringConfigurer;
import org.springframework.stereotype.Component;

/** The fields of Shopify's products, customers and orders. */
@Component
final class CommerceFields implements RuntimeWiringConfigurer {

    private final Graph graph;

    CommerceFields(Graph graph) {
        this.graph = graph;
    }

    @Override
    public void configure(RuntimeWiring.Builder wiring) {
        addProducts(wiring);
        addOrders(wiring);
        Fields.ofNode(NodeType.SHOPIFY_CUSTOMER, ShopifyCustomer.class, ShopifyCustomer::id)
                .money("totalSpent", ShopifyCustomer::totalSpent, ShopifyCustomer::currency)
                .fetcher("customer", graph.one(Customers.LOOKUP, ShopifyCustomer::customerId))
                .fetcher(
                        "orders",
                        graph.connection(ShopifyOrders.OF_SHOPIFY_CUSTOMER, ShopifyCustomer::id))
                .addTo(wiring);
        Fields.addConnections(
                wiring,
                "ShopifyProductVariant",
                "ShopifyCustomer",
                "ShopifyOrder",
                "ShopifyOrderItem",
                "ShopifyRefund");
    }

    private void addProducts(RuntimeWiring.Builder wiring) {
        Fields.ofNode(NodeType.SHOPIFY_PRODUCT, ShopifyProduct.class, ShopifyProduct::id)
                .fetcher("variants", graph.connection(ShopifyProducts.VARIANTS, ShopifyProduct::id))
                .addTo(wiring);
        Fields.ofNode(
                        NodeType.SHOPIFY_PRODUCT_VARIANT,
                        ShopifyProductVariant.class,
                        ShopifyProductVariant::id)
                .money("price", ShopifyProductVariant::price, ShopifyProductVariant::currency)
                .money(
                        "compareAtPrice",
                        ShopifyProductVariant::compareAtPrice,
                        ShopifyProductVariant::currency)
                .fetcher(
                        "product",
                        graph.one(ShopifyProducts.LOOKUP, ShopifyProductVariant::productId))
                .addTo(wiring);
    }

    private void addOrders(RuntimeWiring.Builder wiring) {
        Fields.ofNode(NodeType.SHOPIFY_ORDER, ShopifyOrder.class, ShopifyOrder::id)
                .money("totalPrice", ShopifyOrder::totalPrice, ShopifyOrder::currency)
                .money("subtotalPrice", ShopifyOrder::subtotalPrice, ShopifyOrder::currency)
                .money("totalTax", ShopifyOrder::totalTax, ShopifyOrder::currency)
                .money("totalDiscounts", ShopifyOrder::totalDiscounts, ShopifyOrder::currency)
                .money("totalRefunded", ShopifyOrder::totalRefunded, ShopifyOrder::currency)
                .fetcher("customer", graph.one(Customers.LOOKUP, ShopifyOrder::customerId))
                .fetcher("shopifyCustomer", graph.one(ShopifyCustomers.OF_ORDER, ShopifyOrder::id))
                .fetcher("items", graph.connection(ShopifyOrderItems.OF_ORDER, ShopifyOrder::id))
                .fetcher("refunds", graph.connection(ShopifyRefunds.OF_ORDER, ShopifyOrder::id))
                .addTo(wiring);
        Fields.ofNode(NodeType.SHOPIFY_REFUND, ShopifyRefund.class, ShopifyRefund::id)
                .money("amount", ShopifyRefund::amount, ShopifyRefund::currency)
                .fetcher("order", graph.one(ShopifyOrders.LOOKUP, ShopifyRefund::orderId))
                .addTo(wiring);
        Fields.ofNode(NodeType.SHOPIFY_ORDER_ITEM, ShopifyOrderItem.class, ShopifyOrderItem::id)
                .money("price", ShopifyOrderItem::price, ShopifyOrderItem::currency)
                .money("totalDiscount", ShopifyOrderItem::totalDiscount, ShopifyOrderItem::currency)
                .fetcher("product", graph.one(ShopifyProducts.LOOKUP, ShopifyOrderItem::productId))
                .fetcher(
                        "variant",
                        graph.one(ShopifyProducts.VARIANT_LOOKUP, ShopifyOrderItem::variantId))
                .fetcher("order", graph.one(ShopifyOrders.LOOKUP, ShopifyOrderItem::orderId))
                .addTo(wiring);
    }
}
