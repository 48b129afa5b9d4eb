package io.customergraph.partner;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What the platform's account with a provider is made of.
 *
 * @param settings what is no secret, and the form of each
 * @param secrets and the form of each
 */
record PartnerForm(Map<String, Pattern> settings, Map<String, Pattern> secrets) {

    private static final Pattern NUMBER = Pattern.compile("[0-9]{5,20}");
    private static final Pattern TOKEN = Pattern.compile("[!-~]{16,1000}");

    private static final Map<String, PartnerForm> FORMS =
            Map.of(
                    "shopify",
                    new PartnerForm(
                            Map.of("client_id", Pattern.compile("[a-f0-9]{32}")),
                            Map.of("client_secret", Pattern.compile("[A-Za-z0-9_]{16,200}"))),
                    "meta_whatsapp",
                    new PartnerForm(
                            Map.of("client_id", NUMBER, "config_id", NUMBER),
                            Map.of(
                                    "client_secret",
                                    Pattern.compile("[a-f0-9]{32}"),
                                    "verify_token",
                                    TOKEN)),
                    "dialog_360",
                    new PartnerForm(
                            Map.of("partner_id", Pattern.compile("[A-Za-z0-9_-]{1,64}")),
                            Map.of("partner_token", TOKEN, "webhook_secret", TOKEN)),
                    "twilio",
                    new PartnerForm(
                            Map.of("account_sid", Pattern.compile("AC[a-f0-9]{32}")),
                            Map.of("auth_token", Pattern.compile("[a-f0-9]{32}"))));

    /** Empty for a provider without a programme of this kind. */
    static Optional<PartnerForm> of(String provider) {
        return Optional.ofNullable(FORMS.get(provider));
    }
}
