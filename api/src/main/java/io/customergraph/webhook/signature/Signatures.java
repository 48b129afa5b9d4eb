package io.customergraph.webhook.signature;

import io.customergraph.integration.WebhookConfig;
import io.customergraph.integration.WebhookScheme;
import io.customergraph.secret.Secret;

import java.time.InstantSource;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/** Tells whether a webhook is its provider's own. */
public final class Signatures {

    /** What is looked for where nobody has a secret, so that it takes as long. */
    private static final List<Secret> NOBODYS = List.of(Secret.of(UUID.randomUUID().toString()));

    private final Map<WebhookScheme, SignatureCheck> checks = new EnumMap<>(WebhookScheme.class);

    public Signatures(InstantSource clock) {
        for (SignatureCheck check :
                List.of(
                        new ShopifyHmac(),
                        new HubSignature(WebhookScheme.GITHUB_HMAC),
                        new HubSignature(WebhookScheme.META_HMAC),
                        new PaymobHmac(),
                        new TapHashstring(),
                        new PayTabsHmac(),
                        new TamaraJwt(clock),
                        new MoyasarSecretToken(),
                        new XenditToken(),
                        new TwilioHmac(),
                        new OwnHeader(),
                        new StandardWebhooks(clock))) {
            checks.put(check.scheme(), check);
        }
    }

    /**
     * Looks at a request, whatever is in it.
     *
     * @param secrets those that are good now; where there are none, nothing is genuine
     */
    public Verdict check(
            WebhookScheme scheme, Incoming incoming, List<Secret> secrets, WebhookConfig config) {
        SignatureCheck check = Objects.requireNonNull(checks.get(scheme), scheme::name);
        Verdict verdict = check.check(incoming, secrets.isEmpty() ? NOBODYS : secrets, config);
        return secrets.isEmpty() && verdict == Verdict.GENUINE ? Verdict.FORGED : verdict;
    }

    /** The body of a genuine request as it may be kept: some providers send the secret itself. */
    public byte[] withoutSecret(WebhookScheme scheme, Incoming incoming, byte[] body) {
        return Objects.requireNonNull(checks.get(scheme), scheme::name)
                .withoutSecret(incoming, body);
    }

    /** Takes as long as {@link #check} does, and finds nothing genuine. */
    public void checkForNobody(WebhookScheme scheme, Incoming incoming) {
        check(scheme, incoming, List.of(), WebhookConfig.DEFAULT);
    }
}
