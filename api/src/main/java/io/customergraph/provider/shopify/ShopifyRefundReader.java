package io.customergraph.provider.shopify;

import io.customergraph.delivery.DeliveryTranslator.Translation;
import io.customergraph.ingest.Origin;
import io.customergraph.ingest.SourceRecord.ShopifyOrderRecord.Refund;
import io.customergraph.ingest.SourceRecord.ShopifyRefundRecord;
import io.customergraph.provider.json.JsonFields;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;

/**
 * Reads a refund, by itself or within its order. What was given back is the sum of its transactions
 * of kind refund that succeeded; a refund without one only put goods back into stock.
 */
final class ShopifyRefundReader {

    private ShopifyRefundReader() {}

    /** What a refund says. */
    sealed interface Reading {

        record Known(Refund refund) implements Reading {}

        record Unreadable(String code, String why) implements Reading {}
    }

    /** A refund that came by itself. */
    static Translation read(String shop, JsonFields body, Instant sent) {
        Long order = ShopifyFields.longId(body, "order_id");
        if (order == null) {
            return ShopifyDeliveries.unusable(
                    "INVALID_ID", "`order_id` is missing, or no id such as Shopify gives them");
        }
        return switch (read(body, null, sent)) {
            case Reading.Unreadable(String code, String why) ->
                    ShopifyDeliveries.unusable(code, why);
            case Reading.Known(Refund refund) ->
                    ShopifyDeliveries.said(
                            new ShopifyRefundRecord(
                                    new Origin(
                                            ShopifyDeliveries.PROVIDER,
                                            shop,
                                            Long.toString(refund.shopifyRefundId()),
                                            refund.createdAt(),
                                            refund.updatedAt()),
                                    order,
                                    refund.amount(),
                                    refund.currency(),
                                    refund.processedAt()));
        };
    }

    /** A refund within its order, whose currency it has where it does not say another. */
    static Reading read(JsonFields refund, String currency) {
        return read(refund, currency, null);
    }

    private static Reading read(
            JsonFields refund, @Nullable String orderCurrency, @Nullable Instant sent) {
        Long id = ShopifyFields.longId(refund, "id");
        Instant processed = refund.time("processed_at");
        Instant told = refund.time("created_at");
        Instant created = told != null ? told : processed != null ? processed : sent;
        if (id == null) {
            return new Reading.Unreadable(
                    "INVALID_ID", "`id` is missing, or no id such as Shopify gives them");
        }
        if (created == null) {
            return new Reading.Unreadable("INVALID_TIME", "`created_at` is no time with an offset");
        }
        Instant newest = later(created, processed);
        BigDecimal sum = BigDecimal.ZERO;
        String currency = null;
        Set<String> counted = new HashSet<>();
        for (JsonFields transaction : refund.objects("transactions")) {
            newest = later(newest, transaction.time("processed_at"));
            newest = later(newest, transaction.time("created_at"));
            if ("refund".equals(transaction.text("kind"))
                    && "success".equals(transaction.text("status"))
                    && isFirst(counted, ShopifyFields.id(transaction, "id"))) {
                BigDecimal amount = ShopifyFields.amount(transaction, "amount", null).value();
                String code = ShopifyFields.currency(transaction, "currency");
                String of = code == null ? orderCurrency : code;
                if (amount == null) {
                    return new Reading.Unreadable(
                            "INVALID_AMOUNT",
                            "A transaction's `amount` is none of at most 15 digits before and 4"
                                    + " after the point");
                }
                if (of == null) {
                    return new Reading.Unreadable(
                            "INVALID_CURRENCY", "A transaction says no currency of ISO 4217");
                }
                if (currency != null && !currency.equals(of)) {
                    return new Reading.Unreadable(
                            "MIXED_CURRENCIES", "Its transactions are of several currencies");
                }
                currency = of;
                sum = sum.add(amount);
            }
        }
        return new Reading.Known(new Refund(id, sum, currency, processed, created, newest));
    }

    /** A transaction that is told twice is one; without an id nobody can tell. */
    private static boolean isFirst(Set<String> counted, @Nullable String id) {
        return id == null || counted.add(id);
    }

    private static Instant later(Instant one, @Nullable Instant other) {
        return other != null && other.isAfter(one) ? other : one;
    }
}
