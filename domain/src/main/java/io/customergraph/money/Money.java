package io.customergraph.money;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Currency;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * An amount in the major unit of its currency, as the database keeps it: at most 15 digits before
 * and 4 after the decimal point.
 *
 * @param amount may be negative (a refund)
 * @param currency ISO 4217, upper case; it need not be one that this JDK knows
 */
public record Money(BigDecimal amount, String currency) {

    private static final Pattern CODE = Pattern.compile("[A-Z]{3}");
    private static final int DEFAULT_DECIMALS = 2;
    private static final Map<String, Integer> DECIMALS =
            Currency.getAvailableCurrencies().stream()
                    .filter(currency -> currency.getDefaultFractionDigits() >= 0)
                    .collect(
                            Collectors.toUnmodifiableMap(
                                    Currency::getCurrencyCode, Currency::getDefaultFractionDigits));
    private static final int MAX_FRACTION_DIGITS = 4;
    private static final int MAX_INTEGER_DIGITS = 15;

    /**
     * Whether a text is the code of money as this JDK knows it (ISO 4217, upper case): gold, and
     * what is for tests, have codes and no decimals.
     */
    public static boolean isCurrency(String code) {
        return DECIMALS.containsKey(code);
    }

    public Money {
        if (!CODE.matcher(currency).matches()) {
            throw new IllegalArgumentException(
                    "A currency is three upper-case letters (ISO 4217), not '" + currency + "'");
        }
        BigDecimal plain = amount.stripTrailingZeros();
        if (plain.scale() > MAX_FRACTION_DIGITS
                || plain.precision() - plain.scale() > MAX_INTEGER_DIGITS) {
            throw new IllegalArgumentException(
                    "An amount has at most 15 digits before and 4 after the decimal point");
        }
    }

    /** Reads a decimal string such as {@code "12.500"}. */
    public static Money of(String amount, String currency) {
        return new Money(new BigDecimal(amount), currency);
    }

    /** The amount with at least the decimals that the currency has: 12.5 KWD is 12.500. */
    public String inDecimals() {
        BigDecimal plain = amount.stripTrailingZeros();
        int decimals = Math.max(decimals(currency), Math.max(plain.scale(), 0));
        return plain.setScale(decimals, RoundingMode.UNNECESSARY).toPlainString();
    }

    private static int decimals(String currency) {
        return DECIMALS.getOrDefault(currency, DEFAULT_DECIMALS);
    }
}
