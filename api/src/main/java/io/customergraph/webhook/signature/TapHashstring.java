package io.customergraph.webhook.signature;

import io.customergraph.integration.WebhookConfig;
import io.customergraph.integration.WebhookScheme;
import io.customergraph.secret.Secret;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Currency;
import java.util.List;
import java.util.Optional;

/**
 * The HMAC of a charge's main values, each behind its name, in the header {@code hashstring}. The
 * amount has as many decimals as its currency: three in Kuwait, two in Saudi Arabia.
 */
final class TapHashstring implements SignatureCheck {

    @Override
    public WebhookScheme scheme() {
        return WebhookScheme.TAP_HASHSTRING;
    }

    @Override
    public Verdict check(Incoming incoming, List<Secret> secrets, WebhookConfig config) {
        Optional<String> given = incoming.header("hashstring");
        Optional<String> amount = amount(incoming);
        String signed =
                "x_id"
                        + value(incoming, "/id")
                        + "x_amount"
                        + amount.orElse("")
                        + "x_currency"
                        + value(incoming, "/currency")
                        + "x_gateway_reference"
                        + value(incoming, "/reference/gateway")
                        + "x_payment_reference"
                        + value(incoming, "/reference/payment")
                        + "x_status"
                        + value(incoming, "/status")
                        + "x_created"
                        + created(incoming);
        Verdict verdict =
                given.map(hash -> Mac.SHA256.hex(hash, secrets, Mac.utf8(signed)))
                        .orElse(Verdict.UNSIGNED);
        return verdict == Verdict.GENUINE && amount.isEmpty() ? Verdict.FORGED : verdict;
    }

    private static Optional<String> amount(Incoming incoming) {
        try {
            Currency currency = Currency.getInstance(value(incoming, "/currency"));
            BigDecimal amount = new BigDecimal(value(incoming, "/amount"));
            // An exponent of thousands would make a text of thousands of digits.
            return (long) amount.precision() - amount.scale() > 15
                            || amount.scale() > 15
                            || currency.getDefaultFractionDigits() < 0
                    ? Optional.empty()
                    : Optional.of(
                            amount.setScale(
                                            currency.getDefaultFractionDigits(),
                                            RoundingMode.HALF_UP)
                                    .toPlainString());
        } catch (IllegalArgumentException none) {
            return Optional.empty();
        }
    }

    /** A refund has it at its root. */
    private static String created(Incoming incoming) {
        return incoming.value("/transaction/created")
                .or(() -> incoming.value("/created"))
                .orElse("");
    }

    private static String value(Incoming incoming, String pointer) {
        return incoming.value(pointer).orElse("");
    }
}
