package io.customergraph.provider.shopify;

import static io.customergraph.provider.shopify.ShopifyFields.first;

import io.customergraph.customer.Assurance;
import io.customergraph.delivery.DeliveryTranslator.Translation;
import io.customergraph.ingest.ContactPoint;
import io.customergraph.ingest.Origin;
import io.customergraph.ingest.Person;
import io.customergraph.ingest.SourceRecord.ShopifyCustomerRecord;
import io.customergraph.money.Money;
import io.customergraph.provider.json.JsonFields;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads a shop's customer. An e-mail that Shopify verified is verified; what else the person or the
 * shop entered is claimed.
 */
final class ShopifyCustomerReader {

    private ShopifyCustomerReader() {}

    static Translation read(Origin origin, JsonFields customer) {
        boolean isVerified = customer.isTrue("verified_email");
        return ShopifyDeliveries.said(
                new ShopifyCustomerRecord(
                        origin,
                        person(origin.externalId(), customer, isVerified),
                        isVerified,
                        acceptsMarketing(customer),
                        acceptsSms(customer),
                        ShopifyFields.count(customer, "orders_count"),
                        totalSpent(customer),
                        customer.text("state"),
                        ShopifyFields.tags(customer)));
    }

    private static Person person(String id, JsonFields customer, boolean isVerified) {
        JsonFields address = customer.object("default_address");
        boolean isNamed = customer.has("first_name") || customer.has("last_name");
        JsonFields named = isNamed ? customer : address;
        List<ContactPoint> contacts = new ArrayList<>(2);
        String email = customer.text("email");
        if (email != null) {
            contacts.add(
                    ContactPoint.email(email, isVerified ? Assurance.VERIFIED : Assurance.CLAIMED));
        }
        String phone = first(customer.text("phone"), address.text("phone"));
        if (phone != null) {
            contacts.add(ContactPoint.phone(phone, Assurance.CLAIMED));
        }
        return new Person(
                id,
                named.text("first_name"),
                named.text("last_name"),
                null,
                ShopifyFields.country(address),
                contacts);
    }

    /** Who was asked to confirm the subscription did not agree yet. */
    private static @Nullable Boolean acceptsMarketing(JsonFields customer) {
        String state = customer.object("email_marketing_consent").text("state");
        if (state == null) {
            return customer.flag("accepts_marketing");
        }
        return state.equals("subscribed");
    }

    private static @Nullable Boolean acceptsSms(JsonFields customer) {
        String state = customer.object("sms_marketing_consent").text("state");
        if (state == null) {
            return null;
        }
        return switch (state) {
            case "subscribed" -> Boolean.TRUE;
            case "unsubscribed", "redacted" -> Boolean.FALSE;
            default -> null;
        };
    }

    /** Newer versions of Shopify's API leave it out. */
    private static @Nullable Money totalSpent(JsonFields customer) {
        String currency = ShopifyFields.currency(customer, "currency");
        BigDecimal spent = ShopifyFields.amount(customer, "total_spent", currency).value();
        return currency == null || spent == null ? null : new Money(spent, currency);
    }
}
