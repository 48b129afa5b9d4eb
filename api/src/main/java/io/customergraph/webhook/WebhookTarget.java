package io.customergraph.webhook;

import io.customergraph.integration.IntegrationProvider;

import org.jspecify.annotations.Nullable;

import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a request is sent to: {@code /webhooks/{provider}/{connectionId}}, and in no other form.
 */
record WebhookTarget(String provider, UUID connection) {

    static final String ROOT = "/webhooks";

    private static final Pattern PATH =
            Pattern.compile(
                    ROOT + "/([a-z][a-z0-9_]{1,39})/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})");

    /** Null where the path names no webhook. */
    static @Nullable WebhookTarget of(String path) {
        Matcher matcher = PATH.matcher(path);
        return matcher.matches() && !matcher.group(1).equals(IntegrationProvider.CUSTOM)
                ? new WebhookTarget(matcher.group(1), UUID.fromString(matcher.group(2)))
                : null;
    }

    static boolean isBelowRoot(String path) {
        return path.equals(ROOT) || path.startsWith(ROOT + "/");
    }

    /** What a tenant's own system sends is answered at once, and has an address of its own. */
    String path() {
        return provider.equals(IntegrationProvider.CUSTOM)
                ? PushTarget.path(connection)
                : ROOT + "/" + provider + "/" + connection;
    }
}
