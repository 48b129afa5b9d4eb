package io.customergraph.webhook.signature;

import io.customergraph.integration.WebhookConfig;
import io.customergraph.integration.WebhookScheme;
import io.customergraph.secret.Secret;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The HMAC of some of the body's values in the order of their names, in the address [Paymob's own
 * paymob-for-woocommerce]. A subscription's is of its id and what became of it, in the body.
 */
final class PaymobHmac implements SignatureCheck {

    private static final List<String> VALUES =
            List.of(
                    "/obj/amount_cents",
                    "/obj/created_at",
                    "/obj/currency",
                    "/obj/error_occured",
                    "/obj/has_parent_transaction",
                    "/obj/id",
                    "/obj/integration_id",
                    "/obj/is_3d_secure",
                    "/obj/is_auth",
                    "/obj/is_capture",
                    "/obj/is_refunded",
                    "/obj/is_standalone_payment",
                    "/obj/is_voided",
                    "/obj/order/id",
                    "/obj/owner",
                    "/obj/pending",
                    "/obj/source_data/pan",
                    "/obj/source_data/sub_type",
                    "/obj/source_data/type",
                    "/obj/success");

    @Override
    public WebhookScheme scheme() {
        return WebhookScheme.PAYMOB_HMAC;
    }

    @Override
    public Verdict check(Incoming incoming, List<Secret> secrets, WebhookConfig config) {
        Optional<String> subscription = incoming.value("/subscription_data/id");
        Optional<String> given =
                incoming.parameter("hmac")
                        .or(() -> subscription.flatMap(_ -> incoming.value("/hmac")));
        String signed =
                subscription
                        .map(id -> value(incoming, "/trigger_type") + "for" + id)
                        .orElseGet(
                                () ->
                                        VALUES.stream()
                                                .map(one -> value(incoming, one))
                                                .collect(Collectors.joining()));
        return given.map(hmac -> Mac.SHA512.hex(hmac, secrets, Mac.utf8(signed)))
                .orElse(Verdict.UNSIGNED);
    }

    private static String value(Incoming incoming, String pointer) {
        return incoming.value(pointer).orElse("");
    }
}
