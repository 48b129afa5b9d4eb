package io.customergraph.provider.payment;

import io.customergraph.delivery.Delivery;
import io.customergraph.delivery.DeliveryTranslator;
import io.customergraph.delivery.DeliveryTranslator.Translation;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** What a provider delivers, in its own shape, of people whom nobody knows. */
final class Fixture {

    static final Instant RECEIVED = Instant.parse("2026-03-10T10:00:00Z");

    static final List<String> ALL =
            List.of(
                    "tap/charge-captured",
                    "tap/refund-refunded",
                    "tap/authorize",
                    "moyasar/payment-paid",
                    "moyasar/payment-refunded",
                    "moyasar/payment-captured-stcpay",
                    "paytabs/sale",
                    "paytabs/refund",
                    "paytabs/void",
                    "paymob/transaction",
                    "paymob/transaction-refunded",
                    "paymob/refund",
                    "paymob/authorised-omani",
                    "tabby/payment-authorized",
                    "tabby/payment-closed",
                    "tabby/payment-refunded",
                    "tabby/webhook-authorized",
                    "tamara/order-approved",
                    "tamara/order-captured",
                    "tamara/order-partially-refunded",
                    "tamara/notification-approved",
                    "xendit/invoice-paid",
                    "xendit/refund-of-invoice",
                    "xendit/payment-capture",
                    "xendit/payment-of-invoice",
                    "xendit/refund-of-payment");

    private Fixture() {}

    static String read(String name) {
        try (InputStream in = Fixture.class.getResourceAsStream("/providers/" + name + ".json")) {
            if (in == null) {
                throw new IllegalArgumentException("There is no " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    static String provider(String fixture) {
        return fixture.substring(0, fixture.indexOf('/'));
    }

    static DeliveryTranslator translator(String provider) {
        return switch (provider) {
            case "tap" -> new TapPayments();
            case "moyasar" -> new MoyasarPayments();
            case "paytabs" -> new PayTabsPayments();
            case "paymob" -> new PaymobPayments();
            case "tabby" -> new TabbyPayments();
            case "tamara" -> new TamaraPayments();
            case "xendit" -> new XenditPayments();
            default -> throw new IllegalArgumentException(provider);
        };
    }

    static Translation translate(String provider, String body) {
        return translator(provider)
                .translate(
                        new Delivery(
                                new UUID(0, 1),
                                new UUID(0, 2),
                                provider,
                                "an-account",
                                "",
                                Map.of(),
                                body,
                                RECEIVED,
                                null));
    }
}
