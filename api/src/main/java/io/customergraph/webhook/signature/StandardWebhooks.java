package io.customergraph.webhook.signature;

import io.customergraph.integration.WebhookConfig;
import io.customergraph.integration.WebhookScheme;
import io.customergraph.secret.Secret;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Id, time and body signed together [standard-webhooks/standard-webhooks]. A sender that changes
 * its secret sends several signatures; any of them may be good.
 */
final class StandardWebhooks implements SignatureCheck {

    private static final String VERSION = "v1,";
    private static final String SECRET = "whsec_";
    private static final int MOST_SIGNATURES = 10;
    private static final Pattern SECONDS = Pattern.compile("\\d{1,12}");

    private final InstantSource clock;

    StandardWebhooks(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public WebhookScheme scheme() {
        return WebhookScheme.STANDARD_WEBHOOKS;
    }

    @Override
    public Verdict check(Incoming incoming, List<Secret> secrets, WebhookConfig config) {
        Optional<String> id = incoming.header("webhook-id");
        Optional<String> time = incoming.header("webhook-timestamp");
        Optional<String> given = incoming.header("webhook-signature");
        if (id.isEmpty() || time.isEmpty() || given.isEmpty()) {
            return Verdict.UNSIGNED;
        }
        byte[] head = Mac.utf8(id.get() + "." + time.get() + ".");
        boolean isGenuine = false;
        for (String one :
                Arrays.stream(given.get().split(" ", -1)).limit(MOST_SIGNATURES).toList()) {
            Verdict verdict =
                    Mac.any(
                            secrets,
                            one,
                            secret ->
                                    VERSION
                                            + Base64.getEncoder()
                                                    .encodeToString(
                                                            Mac.SHA256.of(
                                                                    key(secret),
                                                                    head,
                                                                    incoming.bytes())));
            isGenuine |= verdict == Verdict.GENUINE;
        }
        if (!isGenuine) {
            return Verdict.FORGED;
        }
        return isInTime(time.get(), config.tolerance()) ? Verdict.GENUINE : Verdict.STALE;
    }

    private boolean isInTime(String time, Duration tolerance) {
        return SECONDS.matcher(time).matches()
                && Math.abs(clock.instant().getEpochSecond() - Long.parseLong(time))
                        <= tolerance.toSeconds();
    }

    private static byte[] key(Secret secret) {
        String text = secret.reveal();
        if (!text.startsWith(SECRET)) {
            return Mac.utf8(text);
        }
        try {
            byte[] key = Base64.getDecoder().decode(text.substring(SECRET.length()));
            return key.length == 0 ? Mac.utf8(text) : key;
        } catch (IllegalArgumentException otherForm) {
            return Mac.utf8(text);
        }
    }
}
