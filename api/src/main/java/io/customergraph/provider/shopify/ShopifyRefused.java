package io.customergraph.provider.shopify;

import io.customergraph.provider.ProviderAnswer;

import java.time.Duration;

/** What a shop did not do although it answered. No message holds what it said. */
final class ShopifyRefused extends RuntimeException {

    private static final long serialVersionUID = 1L;
    private static final Duration MINUTE = Duration.ofMinutes(1);

    /** Why. */
    enum Reason {
        /** It does not take the token, or the token may not ask for this. */
        UNAUTHORIZED,
        /** Too many calls, or too dear ones, in too little time. */
        THROTTLED,
        /** One document asks for more than a document may. */
        TOO_MUCH,
        /** What was asked for is not there, or a page's name is none. */
        NOT_THERE,
        /** It failed. */
        BROKEN,
        /** It said something that nobody expects. */
        UNEXPECTED
    }

    private final Reason reason;
    private final Duration pause;

    ShopifyRefused(Reason reason) {
        this(reason, MINUTE);
    }

    /** Refused, with the time after which it is worth another attempt. */
    ShopifyRefused(Reason reason, Duration pause) {
        super("Shopify did not do it: " + reason, null, false, false);
        this.reason = reason;
        this.pause = pause;
    }

    /** What an answer without success means. */
    static ShopifyRefused by(ProviderAnswer answer) {
        if (answer.isUnauthorized()) {
            return new ShopifyRefused(Reason.UNAUTHORIZED);
        }
        return switch (answer.status()) {
            case 429 -> new ShopifyRefused(Reason.THROTTLED, CallLimit.retryAfter(answer));
            case 400, 404, 410 -> new ShopifyRefused(Reason.NOT_THERE);
            default ->
                    new ShopifyRefused(answer.status() >= 500 ? Reason.BROKEN : Reason.UNEXPECTED);
        };
    }

    Reason reason() {
        return reason;
    }

    Duration pause() {
        return pause;
    }

    /** As a code for whoever looks at the connection. */
    String problem() {
        return switch (reason) {
            case UNAUTHORIZED -> "unauthorized";
            case THROTTLED -> "rate_limited";
            case TOO_MUCH -> "too_large";
            case NOT_THERE -> "account_not_found";
            case BROKEN -> "provider_error";
            case UNEXPECTED -> "unexpected_answer";
        };
    }
}
