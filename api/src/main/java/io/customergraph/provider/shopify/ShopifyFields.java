package io.customergraph.provider.shopify;

import io.customergraph.ingest.SourceRecord;
import io.customergraph.money.Money;
import io.customergraph.provider.json.JsonFields;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Values as Shopify writes them. */
final class ShopifyFields {

    private static final Pattern COUNTRY = Pattern.compile("[A-Z]{2}");
    private static final Pattern DECIMAL = Pattern.compile("-?[0-9]{1,30}(\\.[0-9]{1,30})?");
    private static final Pattern WHOLE = Pattern.compile("[0-9]{1,9}");
    private static final int MAX_FRACTION_DIGITS = 4;
    private static final int MAX_INTEGER_DIGITS = 15;

    /** The most that Shopify allows. */
    private static final int MAX_TAGS = 250;

    private ShopifyFields() {}

    /**
     * An amount that may be missing. One that is negative, or that the database could not keep
     * exactly, is not rounded: it is unreadable.
     */
    record Amount(@Nullable BigDecimal value, boolean isReadable) {

        static final Amount NONE = new Amount(null, true);
        static final Amount UNREADABLE = new Amount(null, false);
    }

    /** An id of 63 bits, as a number or a text; null where there is none. */
    static @Nullable String id(JsonFields of, String field) {
        return id(of.text(field));
    }

    /** The id in a global id such as {@code gid://shopify/Customer/42}; null where it is none. */
    static @Nullable String globalId(JsonFields of, String field, String type) {
        String text = of.text(field);
        String prefix = "gid://shopify/" + type + "/";
        return text == null || !text.startsWith(prefix)
                ? null
                : id(text.substring(prefix.length()));
    }

    private static @Nullable String id(@Nullable String text) {
        if (text == null || !SourceRecord.isShopifyId(text)) {
            return null;
        }
        long id = Long.parseLong(text);
        return id == 0 ? null : Long.toString(id);
    }

    /** Whether a text is an id of 63 bits. */
    static boolean isId(String text) {
        return id(text) != null;
    }

    static @Nullable Long longId(JsonFields of, String field) {
        String id = id(of, field);
        return id == null ? null : Long.valueOf(id);
    }

    /** ISO 4217; null where there is none. */
    static @Nullable String currency(JsonFields of, String field) {
        String text = of.text(field);
        String code = text == null ? "" : text.toUpperCase(Locale.ROOT);
        return Money.isCurrency(code) ? code : null;
    }

    /** ISO 3166-1 alpha-2 of an address; null where there is none. */
    static @Nullable String country(JsonFields address) {
        String text = address.text("country_code");
        return text != null && COUNTRY.matcher(text).matches() ? text : null;
    }

    /** A whole number that is not negative; null where there is none. */
    static @Nullable Integer count(JsonFields of, String field) {
        String text = of.text(field);
        return text != null && WHOLE.matcher(text).matches() ? Integer.valueOf(text) : null;
    }

    /** An amount in the shop's currency: the field itself, else the shop's side of its set. */
    static Amount amount(JsonFields of, String field, @Nullable String currency) {
        if (of.has(field)) {
            return amount(of.object().path(field));
        }
        JsonFields shop = of.object(field + "_set").object("shop_money");
        return currency != null && currency.equals(currency(shop, "currency_code"))
                ? amount(shop.object().path("amount"))
                : Amount.NONE;
    }

    private static Amount amount(JsonNode value) {
        if (value.isMissingNode() || value.isNull()) {
            return Amount.NONE;
        }
        String text = value.isString() || value.isNumber() ? value.asString().strip() : "";
        if (!DECIMAL.matcher(text).matches()) {
            return Amount.UNREADABLE;
        }
        BigDecimal amount = new BigDecimal(text).stripTrailingZeros();
        boolean isKept =
                amount.signum() >= 0
                        && amount.scale() <= MAX_FRACTION_DIGITS
                        && amount.precision() - amount.scale() <= MAX_INTEGER_DIGITS;
        return isKept ? new Amount(amount, true) : Amount.UNREADABLE;
    }

    /** Tags, which Shopify joins by commas. */
    static List<String> tags(JsonFields of) {
        String text = of.text("tags");
        return text == null
                ? List.of()
                : Arrays.stream(text.split(","))
                        .map(String::strip)
                        .filter(tag -> !tag.isEmpty())
                        .distinct()
                        .limit(MAX_TAGS)
                        .toList();
    }

    /** The first that is not null. */
    static @Nullable String first(@Nullable String one, @Nullable String other) {
        return one == null ? other : one;
    }
}
