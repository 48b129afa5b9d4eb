package io.customergraph.security;

import org.springframework.security.core.AuthenticationException;

/** Why a request is not let in, in words that its sender may read. */
final class NotAuthenticated extends AuthenticationException {

    private static final long serialVersionUID = 1L;

    NotAuthenticated(String message) {
        super(message);
    }

    /**
     * One text for keys that are unknown, expired and revoked: none of them tells a guesser more.
     */
    static NotAuthenticated badKey() {
        return new NotAuthenticated("The API key is not valid");
    }

    static NotAuthenticated badToken() {
        return new NotAuthenticated("The token is not valid");
    }
}
