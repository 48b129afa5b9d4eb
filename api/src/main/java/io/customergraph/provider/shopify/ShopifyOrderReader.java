package io.customergraph.provider.shopify;

import static io.customergraph.provider.shopify.ShopifyDeliveries.said;
import static io.customergraph.provider.shopify.ShopifyDeliveries.unusable;
import static io.customergraph.provider.shopify.ShopifyFields.amount;
import static io.customergraph.provider.shopify.ShopifyFields.first;

import io.customergraph.customer.Assurance;
import io.customergraph.delivery.DeliveryTranslator.Translation;
import io.customergraph.ingest.Origin;
import io.customergraph.ingest.Person;
import io.customergraph.ingest.SourceRecord.ShopifyOrderRecord;
import io.customergraph.ingest.SourceRecord.ShopifyOrderRecord.Item;
import io.customergraph.ingest.SourceRecord.ShopifyOrderRecord.Refund;
import io.customergraph.provider.json.JsonFields;
import io.customergraph.provider.shopify.ShopifyFields.Amount;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads an order. Its total and currency must be right where they are there, since revenue is made
 * of them; anything else that is wrong is left out.
 */
final class ShopifyOrderReader {

    private ShopifyOrderReader() {}

    static Translation read(Origin origin, JsonFields order) {
        String currency = currency(order);
        if (currency == null) {
            return unusable("INVALID_CURRENCY", "`currency` is missing, or no code of ISO 4217");
        }
        Amount total = amount(order, "total_price", currency);
        if (!total.isReadable()) {
            return unusable(
                    "INVALID_AMOUNT",
                    "`total_price` is no amount of at most 15 digits before and 4 after the point");
        }
        List<Refund> refunds = refunds(order, currency);
        return said(
                new ShopifyOrderRecord(
                        origin,
                        person(order),
                        first(order.text("name"), order.text("order_number")),
                        currency,
                        total.value(),
                        amount(order, "subtotal_price", currency).value(),
                        amount(order, "total_tax", currency).value(),
                        amount(order, "total_discounts", currency).value(),
                        refunds.stream()
                                .filter(refund -> currency.equals(refund.currency()))
                                .map(Refund::amount)
                                .reduce(BigDecimal.ZERO, BigDecimal::add),
                        order.text("financial_status"),
                        order.text("fulfillment_status"),
                        order.text("landing_site"),
                        order.text("referring_site"),
                        order.text("source_name"),
                        ShopifyFields.tags(order),
                        order.time("processed_at"),
                        order.time("closed_at"),
                        order.time("cancelled_at"),
                        items(order, currency),
                        refunds));
    }

    private static @Nullable String currency(JsonFields order) {
        return first(
                ShopifyFields.currency(order, "currency"),
                ShopifyFields.currency(
                        order.object("total_price_set").object("shop_money"), "currency_code"));
    }

    /**
     * Whoever is at the checkout types e-mail and phone, so that both are claimed. Who pays is the
     * buyer; the address that goods are sent to may be another person's.
     */
    private static Person person(JsonFields order) {
        JsonFields customer = order.object("customer");
        JsonFields billing = order.object("billing_address");
        boolean isNamed = customer.has("first_name") || customer.has("last_name");
        JsonFields named = isNamed ? customer : billing;
        String email =
                first(
                        first(order.text("email"), order.text("contact_email")),
                        customer.text("email"));
        String phone =
                first(first(order.text("phone"), customer.text("phone")), billing.text("phone"));
        return new Person(
                ShopifyFields.id(customer, "id"),
                named.text("first_name"),
                named.text("last_name"),
                null,
                first(
                        ShopifyFields.country(billing),
                        ShopifyFields.country(order.object("shipping_address"))),
                Person.contacts(email, phone, Assurance.CLAIMED));
    }

    /** A line that comes twice is one line: the last one counts, in the place of the first. */
    private static List<Item> items(JsonFields order, String currency) {
        Map<Long, Item> items = new LinkedHashMap<>();
        for (JsonFields line : order.objects("line_items")) {
            Long id = ShopifyFields.longId(line, "id");
            Integer quantity = ShopifyFields.count(line, "quantity");
            if (id != null && quantity != null) {
                items.put(
                        id,
                        new Item(
                                id,
                                ShopifyFields.longId(line, "product_id"),
                                ShopifyFields.longId(line, "variant_id"),
                                first(line.text("title"), line.text("name")),
                                line.text("variant_title"),
                                line.text("sku"),
                                line.text("vendor"),
                                quantity,
                                amount(line, "price", currency).value(),
                                amount(line, "total_discount", currency).value()));
            }
        }
        return new ArrayList<>(items.values());
    }

    private static List<Refund> refunds(JsonFields order, String currency) {
        Map<Long, Refund> refunds = new LinkedHashMap<>();
        for (JsonFields refund : order.objects("refunds")) {
            if (ShopifyRefundReader.read(refund, currency)
                    instanceof ShopifyRefundReader.Reading.Known(Refund read)) {
                refunds.put(read.shopifyRefundId(), read);
            }
        }
        return new ArrayList<>(refunds.values());
    }
}
