package io.customergraph.provider.shopify;

import io.customergraph.provider.json.JsonFields;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Puts nodes of the Admin GraphQL API into the shape of the REST API, so that one reader makes
 * records of both. What is missing there or of an odd type stays so here, for the reader to judge.
 */
final class ShopifyNodes {

    private ShopifyNodes() {}

    /**
     * A node with what hangs on it.
     *
     * @param children line items or variants
     * @param isComplete whether these are all of them
     * @param refunds of an order
     */
    record Whole(
            JsonFields node,
            List<JsonFields> children,
            boolean isComplete,
            List<JsonFields> refunds) {

        Whole {
            children = List.copyOf(children);
            refunds = List.copyOf(refunds);
        }

        Whole withRefunds(List<JsonFields> known) {
            return new Whole(node, children, isComplete, known);
        }
    }

    /** The node as the REST API shows it. */
    static JsonFields rest(ShopifyResource what, Whole whole) {
        return switch (what) {
            case ORDERS -> order(whole);
            case CUSTOMERS -> customer(whole.node());
            case PRODUCTS -> product(whole);
        };
    }

    private static JsonFields order(Whole whole) {
        JsonFields node = whole.node();
        JsonFields firstVisit = node.object("customerJourneySummary").object("firstVisit");
        return new Shape(node)
                .id("id", "Order", "id")
                .times()
                .same("name", "email", "phone")
                .as("processedAt", "processed_at")
                .as("closedAt", "closed_at")
                .as("cancelledAt", "cancelled_at")
                .as("sourceName", "source_name")
                .as("currencyCode", "currency")
                .lower("displayFinancialStatus", "financial_status")
                .put("fulfillment_status", fulfillment(node.text("displayFulfillmentStatus")))
                .money("totalPriceSet", "total_price")
                .money("subtotalPriceSet", "subtotal_price")
                .money("totalTaxSet", "total_tax")
                .money("totalDiscountsSet", "total_discounts")
                .put("landing_site", firstVisit.text("landingPage"))
                .put("referring_site", firstVisit.text("referrerUrl"))
                .tags()
                .set("customer", person(node.object("customer")))
                .set("billing_address", address(node.object("billingAddress")))
                .set("shipping_address", address(node.object("shippingAddress")))
                .list("line_items", whole.children().stream().map(ShopifyNodes::line).toList())
                .list("refunds", whole.refunds().stream().map(ShopifyNodes::refund).toList())
                .done();
    }

    /** Several that GraphQL tells apart are the same to the REST API: not begun. */
    private static @Nullable String fulfillment(@Nullable String status) {
        return switch (status == null ? "" : status) {
            case "FULFILLED" -> "fulfilled";
            case "PARTIALLY_FULFILLED" -> "partial";
            case "RESTOCKED" -> "restocked";
            default -> null;
        };
    }

    private static JsonFields line(JsonFields line) {
        return new Shape(line)
                .id("id", "LineItem", "id")
                .put("product_id", id(line.object("product"), "Product"))
                .put("variant_id", id(line.object("variant"), "ProductVariant"))
                .same("title", "sku", "vendor", "quantity")
                .as("variantTitle", "variant_title")
                .money("originalUnitPriceSet", "price")
                .money("totalDiscountSet", "total_discount")
                .done();
    }

    private static @Nullable String id(JsonFields node, String type) {
        return ShopifyFields.globalId(node, "id", type);
    }

    private static JsonFields refund(JsonFields refund) {
        return new Shape(refund)
                .id("id", "Refund", "id")
                .times()
                .list(
                        "transactions",
                        refund.object("transactions").objects("nodes").stream()
                                .map(ShopifyNodes::transaction)
                                .toList())
                .done();
    }

    /** In the currency of the payment, as the REST API and webhooks say it. */
    private static JsonFields transaction(JsonFields transaction) {
        JsonFields money = transaction.object("amountSet").object("presentmentMoney");
        return new Shape(transaction)
                .lower("kind", "kind")
                .lower("status", "status")
                .times()
                .as("processedAt", "processed_at")
                .value("amount", money.object().path("amount"))
                .value("currency", money.object().path("currencyCode"))
                .done();
    }

    private static JsonFields customer(JsonFields node) {
        JsonFields email = node.object("defaultEmailAddress");
        JsonFields phone = node.object("defaultPhoneNumber");
        JsonFields spent = node.object("amountSpent");
        return new Shape(node)
                .id("id", "Customer", "id")
                .times()
                .as("firstName", "first_name")
                .as("lastName", "last_name")
                .value("email", email.object().path("emailAddress"))
                .value("phone", phone.object().path("phoneNumber"))
                .as("verifiedEmail", "verified_email")
                .as("numberOfOrders", "orders_count")
                .value("total_spent", spent.object().path("amount"))
                .value("currency", spent.object().path("currencyCode"))
                .lower("state", "state")
                .tags()
                .set("default_address", address(node.object("defaultAddress")))
                .set("email_marketing_consent", consent(email))
                .set("sms_marketing_consent", consent(phone))
                .done();
    }

    private static JsonFields consent(JsonFields address) {
        return new Shape(address).lower("marketingState", "state").done();
    }

    private static JsonFields person(JsonFields customer) {
        return new Shape(customer)
                .id("id", "Customer", "id")
                .as("firstName", "first_name")
                .as("lastName", "last_name")
                .value(
                        "email",
                        customer.object("defaultEmailAddress").object().path("emailAddress"))
                .value("phone", customer.object("defaultPhoneNumber").object().path("phoneNumber"))
                .done();
    }

    private static JsonFields address(JsonFields address) {
        return new Shape(address)
                .as("firstName", "first_name")
                .as("lastName", "last_name")
                .same("phone")
                .as("countryCodeV2", "country_code")
                .done();
    }

    private static JsonFields product(Whole whole) {
        return new Shape(whole.node())
                .id("id", "Product", "id")
                .times()
                .same("title", "handle", "vendor")
                .as("productType", "product_type")
                .as("publishedAt", "published_at")
                .lower("status", "status")
                .tags()
                .list("variants", whole.children().stream().map(ShopifyNodes::variant).toList())
                .done();
    }

    private static JsonFields variant(JsonFields variant) {
        return new Shape(variant)
                .id("id", "ProductVariant", "id")
                .times()
                .same("title", "sku", "price")
                .as("compareAtPrice", "compare_at_price")
                .done();
    }

    /** An object in the making, of the fields of another. */
    private static final class Shape {

        private final JsonFields from;
        private final ObjectNode to = JsonNodeFactory.instance.objectNode();

        Shape(JsonFields from) {
            this.from = from;
        }

        Shape value(String name, JsonNode value) {
            if (!value.isMissingNode()) {
                to.set(name, value);
            }
            return this;
        }

        Shape put(String name, @Nullable String value) {
            if (value != null) {
                to.put(name, value);
            }
            return this;
        }

        Shape set(String name, JsonFields value) {
            to.set(name, value.object());
            return this;
        }

        Shape list(String name, List<JsonFields> values) {
            ArrayNode array = to.putArray(name);
            values.forEach(one -> array.add(one.object()));
            return this;
        }

        Shape as(String name, String restName) {
            return value(restName, from.object().path(name));
        }

        Shape same(String... names) {
            for (String name : names) {
                as(name, name);
            }
            return this;
        }

        Shape id(String name, String type, String restName) {
            return put(restName, ShopifyFields.globalId(from, name, type));
        }

        Shape times() {
            return as("createdAt", "created_at").as("updatedAt", "updated_at");
        }

        Shape lower(String name, String restName) {
            String text = from.text(name);
            return put(restName, text == null ? null : text.toLowerCase(Locale.ROOT));
        }

        /** In the shop's currency, which is the one that the order says. */
        Shape money(String name, String restName) {
            return value(restName, from.object(name).object("shopMoney").object().path("amount"));
        }

        /** GraphQL has a list, the REST API a text with commas. */
        Shape tags() {
            List<String> tags = new ArrayList<>();
            JsonNode list = from.object().path("tags");
            if (list.isArray()) {
                list.forEach(
                        tag -> {
                            if (tag.isString()) {
                                tags.add(tag.asString());
                            }
                        });
            }
            return put("tags", String.join(",", tags));
        }

        JsonFields done() {
            return new JsonFields(to);
        }
    }
}
