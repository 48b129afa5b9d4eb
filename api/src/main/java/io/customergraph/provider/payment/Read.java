package io.customergraph.provider.payment;

import io.customergraph.money.Money;
import io.customergraph.provider.json.JsonFields;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Currency;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads what a payment cannot do without. What is missing or wrong is {@link Unreadable}; of the
 * fields only the names are told.
 */
final class Read {

    /** What is longer is no id, and no index holds it. */
    private static final int LONGEST_ID = 200;

    private static final Pattern SHOPIFY_ID = Pattern.compile("[0-9]{1,18}");
    private static final Pattern EPOCH_MILLIS = Pattern.compile("[0-9]{1,15}");
    private static final Instant LATEST = Instant.parse("2200-01-01T00:00:00Z");

    /** What the database holds: numeric(19,4). */
    private static final int MOST_INTEGER_DIGITS = 15;

    private static final int MOST_DECIMALS = 4;

    private Read() {}

    static String id(JsonFields of, String field) {
        String id = idOrNull(of, field);
        if (id == null) {
            throw new Unreadable(
                    "INVALID_ID",
                    "`%s` is missing, no text or number, or too long".formatted(field));
        }
        return id;
    }

    /** Null also where it is too long. */
    static @Nullable String idOrNull(JsonFields of, String field) {
        String id = of.text(field);
        return id == null || id.length() > LONGEST_ID ? null : id;
    }

    /** The first that is there. */
    static @Nullable String firstOf(@Nullable String... values) {
        for (String value : values) {
            if (value != null) {
                return value;
            }
        }
        return null;
    }

    /** In upper case, which some documents do without. */
    static String word(JsonFields of, String field) {
        String word = of.text(field);
        return word == null ? "" : word.toUpperCase(Locale.ROOT);
    }

    static Unreadable unknownStatus(String field) {
        return new Unreadable(
                "UNKNOWN_STATUS",
                "`%s` is missing, or a status that this version does not know; replay it when one"
                                .formatted(field)
                        + " does");
    }

    static Currency currency(JsonFields of, String field) {
        String code = word(of, field);
        if (!Money.isCurrency(code)) {
            throw new Unreadable(
                    "INVALID_CURRENCY", "`%s` is no currency of ISO 4217".formatted(field));
        }
        return Currency.getInstance(code);
    }

    /** An amount in the currency's major unit. */
    static Money major(JsonFields of, String field, Currency currency) {
        return money(of, field, currency, 0);
    }

    /** An amount in the currency's minor unit: a thousand fils are one dinar. */
    static Money minor(JsonFields of, String field, Currency currency) {
        return money(of, field, currency, currency.getDefaultFractionDigits());
    }

    private static Money money(JsonFields of, String field, Currency currency, int decimals) {
        BigDecimal given = of.decimal(field);
        if (given == null) {
            throw new Unreadable(
                    "INVALID_AMOUNT", "`%s` is missing, or no number".formatted(field));
        }
        if (given.signum() < 0) {
            throw new Unreadable("INVALID_AMOUNT", "`%s` is negative".formatted(field));
        }
        if (given.signum() == 0) {
            return new Money(BigDecimal.ZERO, currency.getCurrencyCode());
        }
        BigDecimal plain = given.stripTrailingZeros();
        long integerDigits = (long) plain.precision() - plain.scale() - decimals;
        long mostDecimals = decimals == 0 ? MOST_DECIMALS : 0;
        if (integerDigits > MOST_INTEGER_DIGITS || plain.scale() > mostDecimals) {
            throw new Unreadable(
                    "INVALID_AMOUNT",
                    "`%s` has more digits before or after the decimal point than an amount can"
                                    .formatted(field)
                            + " have");
        }
        return inFull(plain.movePointLeft(decimals), currency);
    }

    private static Money inFull(BigDecimal amount, Currency currency) {
        BigDecimal plain = amount.stripTrailingZeros();
        return new Money(plain.scale() < 0 ? plain.setScale(0) : plain, currency.getCurrencyCode());
    }

    /** A sum of amounts, which may be more than any of them. */
    static Money sum(BigDecimal amounts, Currency currency) {
        if (amounts.precision() - amounts.scale() > MOST_INTEGER_DIGITS) {
            throw new Unreadable("INVALID_AMOUNT", "The sum of its parts is no amount");
        }
        return inFull(amounts, currency);
    }

    /** An amount that need not be there: zero then. */
    static BigDecimal minorOrZero(JsonFields of, String field, Currency currency) {
        return of.has(field) ? minor(of, field, currency).amount() : BigDecimal.ZERO;
    }

    /** A time by which versions are told apart: empty where it is missing. */
    static Optional<Instant> time(JsonFields of, String field) {
        if (!of.has(field)) {
            return Optional.empty();
        }
        Instant time = of.time(field);
        if (time == null) {
            throw new Unreadable(
                    "INVALID_TIME",
                    "`%s` is no time with an offset, such as 2026-03-01T10:00:00+03:00"
                            .formatted(field));
        }
        return Optional.of(time);
    }

    /** The same of milliseconds since 1970, as a number or a text. */
    static Optional<Instant> epochMillis(JsonFields of, String field) {
        if (!of.has(field)) {
            return Optional.empty();
        }
        String text = of.text(field);
        if (text != null && EPOCH_MILLIS.matcher(text).matches()) {
            Instant time = Instant.ofEpochMilli(Long.parseLong(text));
            if (time.isBefore(LATEST)) {
                return Optional.of(time);
            }
        }
        throw new Unreadable(
                "INVALID_TIME", "`%s` is no number of milliseconds since 1970".formatted(field));
    }

    static Instant later(Instant one, Instant other) {
        return one.isBefore(other) ? other : one;
    }

    /** Shopify's id of the order, where the merchant says under this very name which it is. */
    static @Nullable Long shopifyOrder(JsonFields metadata) {
        String id = metadata.text("shopify_order_id");
        return id != null && SHOPIFY_ID.matcher(id).matches() ? Long.valueOf(id) : null;
    }

    /** Several parts of a name in one; null where there is none. */
    static @Nullable String joined(@Nullable String... parts) {
        StringBuilder joined = new StringBuilder();
        for (String part : parts) {
            if (part != null) {
                joined.append(joined.isEmpty() ? "" : " ").append(part);
            }
        }
        return joined.isEmpty() ? null : joined.toString();
    }
}
