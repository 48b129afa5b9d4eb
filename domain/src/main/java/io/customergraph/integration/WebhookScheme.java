package io.customergraph.integration;

/** How a provider proves that a webhook is its own. */
public enum WebhookScheme {
    SHOPIFY_HMAC,
    GITHUB_HMAC,
    META_HMAC,
    PAYMOB_HMAC,
    TAP_HASHSTRING,
    PAYTABS_HMAC,
    TAMARA_JWT,
    MOYASAR_SECRET_TOKEN,
    XENDIT_TOKEN,
    TWILIO_HMAC,
    /** A shared value in a header whose name was chosen where the webhook was registered. */
    OWN_HEADER,
    /**
     * Id, time and body signed together, as standardwebhooks.com has it: what others send to us.
     */
    STANDARD_WEBHOOKS
}
