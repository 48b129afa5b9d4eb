package io.customergraph.ingest;

import java.util.Locale;

/** The sorts of records that sources send; named as their tables are, in the singular. */
public enum RecordType {
    SHOPIFY_PRODUCT,
    SHOPIFY_CUSTOMER,
    SHOPIFY_ORDER,
    SHOPIFY_REFUND,
    SUPPORT_TICKET,
    SUPPORT_CONTACT,
    APPOINTMENT,
    PROSPECT,
    OMNI_CONVERSATION,
    TRANSACTION,
    TRANSACTION_REFUND,
    ENROLLMENT;

    /** The name in the database. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether the source's ids are Shopify's 64-bit numbers. */
    public boolean isShopify() {
        return switch (this) {
            case SHOPIFY_PRODUCT, SHOPIFY_CUSTOMER, SHOPIFY_ORDER, SHOPIFY_REFUND -> true;
            case SUPPORT_TICKET,
                    SUPPORT_CONTACT,
                    APPOINTMENT,
                    PROSPECT,
                    OMNI_CONVERSATION,
                    TRANSACTION,
                    TRANSACTION_REFUND,
                    ENROLLMENT ->
                    false;
        };
    }

    /**
     * Whether its records can be of a customer; a refund is its order's or its payment's, a product
     * nobody's.
     */
    public boolean isAboutSomebody() {
        return switch (this) {
            case SHOPIFY_PRODUCT, SHOPIFY_REFUND, TRANSACTION_REFUND -> false;
            case SHOPIFY_CUSTOMER,
                    SHOPIFY_ORDER,
                    SUPPORT_TICKET,
                    SUPPORT_CONTACT,
                    APPOINTMENT,
                    PROSPECT,
                    OMNI_CONVERSATION,
                    TRANSACTION,
                    ENROLLMENT ->
                    true;
        };
    }

    /** The type of a name in the database. */
    public static RecordType ofCode(String code) {
        return valueOf(code.toUpperCase(Locale.ROOT));
    }
}
