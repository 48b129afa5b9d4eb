package io.customergraph.provider.shopify;

import io.customergraph.customer.IdentifierKey;
import io.customergraph.customer.IdentifierKind;
import io.customergraph.delivery.Delivery;
import io.customergraph.delivery.DeliveryOutcome;
import io.customergraph.delivery.DeliveryTranslator;
import io.customergraph.ingest.DeletedRecord;
import io.customergraph.ingest.IdentityEvent;
import io.customergraph.ingest.RecordType;
import io.customergraph.ingest.SourceRecord;
import io.customergraph.provider.json.JsonFields;

import org.springframework.stereotype.Component;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * Reads Shopify's webhooks. Orders, customers, products and refunds become records; what Shopify
 * deletes or merges is deleted and merged; ids are never given twice there, so a deletion is final.
 */
@Component
public final class ShopifyDeliveries implements DeliveryTranslator {

    static final String PROVIDER = "shopify";

    private static final long MICROS = 999_999;
    private static final long HALF_AFTER_MICROS = 10_000_000;

    ShopifyDeliveries() {}

    @Override
    public String provider() {
        return PROVIDER;
    }

    @Override
    public Translation translate(Delivery delivery) {
        Optional<JsonFields> read = JsonFields.of(delivery.body());
        if (read.isEmpty()) {
            return unusable("NOT_JSON", "Its body is no JSON object");
        }
        JsonFields body = read.get();
        return switch (delivery.topic()) {
            case "orders/create",
                    "orders/updated",
                    "orders/paid",
                    "orders/cancelled",
                    "orders/fulfilled",
                    "orders/partially_fulfilled" ->
                    version(delivery, body, ShopifyResource.ORDERS);
            case "customers/create", "customers/update", "customers/enable", "customers/disable" ->
                    version(delivery, body, ShopifyResource.CUSTOMERS);
            case "products/create", "products/update" ->
                    version(delivery, body, ShopifyResource.PRODUCTS);
            case "refunds/create" ->
                    ShopifyRefundReader.read(delivery.account(), body, sent(delivery));
            case "orders/delete" -> deleted(delivery, body, RecordType.SHOPIFY_ORDER);
            case "customers/delete" -> deleted(delivery, body, RecordType.SHOPIFY_CUSTOMER);
            case "products/delete" -> deleted(delivery, body, RecordType.SHOPIFY_PRODUCT);
            case "customers/merge" -> merged(delivery, body);
            case "app/uninstalled" -> new Translation.Uninstalled(sent(delivery));
            case "customers/data_request", "customers/redact", "shop/redact" ->
                    ShopifyPrivacyReader.read(
                            delivery.topic(), delivery.account(), body, sent(delivery));
            default ->
                    new Translation.Nothing(
                            new DeliveryOutcome.Ignored("Nobody follows what it is about"));
        };
    }

    static Translation unusable(String code, String why) {
        return new Translation.Nothing(new DeliveryOutcome.Unusable(code, why));
    }

    static Translation said(SourceRecord record) {
        return new Translation.Said(List.of(record), List.of());
    }

    private static Instant sent(Delivery delivery) {
        Instant occurred = delivery.occurredAt();
        return occurred == null ? delivery.receivedAt() : occurred;
    }

    private static Translation version(
            Delivery delivery, JsonFields body, ShopifyResource resource) {
        return resource.read(
                delivery.account(),
                body,
                sent(delivery),
                updated -> inOrderOfSending(updated, delivery));
    }

    /**
     * Shopify counts seconds, and an order is created and paid within one. Of two versions of one
     * second the one that was triggered later holds: how much later is squeezed into the second.
     */
    private static Instant inOrderOfSending(Instant updated, Delivery delivery) {
        Instant triggered = delivery.occurredAt();
        boolean isWholeSecond = updated.equals(updated.truncatedTo(ChronoUnit.SECONDS));
        if (triggered == null || !isWholeSecond || !triggered.isAfter(updated)) {
            return updated;
        }
        long after = Duration.between(updated, triggered).toNanos() / 1_000;
        long micros = Math.round((double) MICROS * after / (after + HALF_AFTER_MICROS));
        return updated.plusNanos(micros * 1_000);
    }

    private static Translation deleted(Delivery delivery, JsonFields body, RecordType type) {
        String id = ShopifyFields.id(body, "id");
        return id == null
                ? ShopifyResource.noId()
                : new Translation.Said(
                        List.of(),
                        List.of(),
                        List.of(
                                new DeletedRecord(
                                        type,
                                        PROVIDER,
                                        delivery.account(),
                                        id,
                                        sent(delivery),
                                        true,
                                        null)));
    }

    private static Translation merged(Delivery delivery, JsonFields body) {
        String kept =
                ShopifyFields.globalId(body, "admin_graphql_api_customer_kept_id", "Customer");
        String gone =
                ShopifyFields.globalId(body, "admin_graphql_api_customer_deleted_id", "Customer");
        String status = body.text("status");
        if (status != null && !status.equals("completed")) {
            return new Translation.Nothing(
                    new DeliveryOutcome.Ignored("A merge that was not completed"));
        }
        if (kept == null || gone == null || kept.equals(gone)) {
            return unusable(
                    "INVALID_ID", "It does not name the customer that was kept and the other");
        }
        String shop = delivery.account();
        return new Translation.Said(
                List.of(),
                List.of(
                        new IdentityEvent.Merged(
                                PROVIDER, sent(delivery), person(shop, kept), person(shop, gone))),
                List.of(
                        new DeletedRecord(
                                RecordType.SHOPIFY_CUSTOMER,
                                PROVIDER,
                                shop,
                                gone,
                                sent(delivery),
                                true,
                                kept)));
    }

    private static IdentifierKey person(String shop, String id) {
        return new IdentifierKey(IdentifierKind.SHOPIFY_CUSTOMER_ID, shop, id);
    }
}
