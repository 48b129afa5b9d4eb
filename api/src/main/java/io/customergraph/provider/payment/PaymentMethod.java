package io.customergraph.provider.payment;

import org.jspecify.annotations.Nullable;

import java.util.Locale;
import java.util.Map;

/**
 * Names ways to pay in one way, whatever a provider calls them: {@code apple_pay}, {@code mada}.
 */
final class PaymentMethod {

    static final String INSTALMENTS = "instalments";

    private static final int LONGEST = 40;

    /** By letters and digits alone. */
    private static final Map<String, String> KNOWN =
            Map.ofEntries(
                    Map.entry("applepay", "apple_pay"),
                    Map.entry("googlepay", "google_pay"),
                    Map.entry("samsungpay", "samsung_pay"),
                    Map.entry("stcpay", "stc_pay"),
                    Map.entry("omannet", "omannet"),
                    Map.entry("benefitpay", "benefit"),
                    Map.entry("master", "mastercard"),
                    Map.entry("mc", "mastercard"),
                    Map.entry("americanexpress", "amex"),
                    Map.entry("knetdebit", "knet"),
                    Map.entry("knetcredit", "knet"),
                    Map.entry("installments", INSTALMENTS),
                    Map.entry("paybyinstalments", INSTALMENTS),
                    Map.entry("paynow", "pay_now"),
                    Map.entry("paylater", "pay_later"),
                    Map.entry("creditcard", "card"));

    private PaymentMethod() {}

    /** The first of a provider's names that is there, the most telling one first. */
    static @Nullable String of(@Nullable String... names) {
        for (String name : names) {
            if (name != null) {
                String plain = plain(name, "");
                String words = plain(name, "_");
                if (!plain.isEmpty()) {
                    return KNOWN.getOrDefault(plain, words);
                }
            }
        }
        return null;
    }

    private static String plain(String name, String between) {
        String words =
                name.toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\p{L}\\p{N}]+", between)
                        .replaceAll("^_|_$", "");
        return words.length() > LONGEST ? words.substring(0, LONGEST) : words;
    }
}
