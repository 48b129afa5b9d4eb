package io.customergraph.provider.partner;

import io.customergraph.provider.ProviderAnswer;
import io.customergraph.provider.ProviderUnreachable;

/** A programme did not do what it was asked. The message is a code and repeats nothing. */
public final class PartnerCallFailed extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Why. */
    public enum Reason {
        /** It does not take the token. */
        UNAUTHORIZED,
        /** It knows no such thing, or not under this account. */
        NOT_FOUND,
        /** It asks to wait. */
        RATE_LIMITED,
        /** It refuses what was given: a wrong PIN, a wrong code. */
        REFUSED,
        /** It does not answer, or not as it should. */
        UNAVAILABLE
    }

    private final Reason reason;

    PartnerCallFailed(Reason reason) {
        super(reason.name(), null, false, false);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }

    static PartnerCallFailed by(ProviderUnreachable none) {
        return new PartnerCallFailed(Reason.UNAVAILABLE);
    }

    /** Meta tells of a bad token and of its rate limits by codes, with status 400 too. */
    static PartnerCallFailed by(ProviderAnswer answer) {
        String body = answer.body();
        if (answer.isUnauthorized() || body.contains("\"code\":190")) {
            return new PartnerCallFailed(Reason.UNAUTHORIZED);
        }
        if (answer.status() == 429
                || body.matches("(?s).*\"code\": ?(4|80007|130429|133016)[,}].*")) {
            return new PartnerCallFailed(Reason.RATE_LIMITED);
        }
        if (answer.status() == 404) {
            return new PartnerCallFailed(Reason.NOT_FOUND);
        }
        return new PartnerCallFailed(
                answer.status() >= 500 || answer.isSuccess() ? Reason.UNAVAILABLE : Reason.REFUSED);
    }
}
