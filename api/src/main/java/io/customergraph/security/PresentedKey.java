package io.customergraph.security;

import org.springframework.security.authentication.AbstractAuthenticationToken;

import java.util.List;

/** An API key as it came, not looked at yet. */
final class PresentedKey extends AbstractAuthenticationToken {

    private static final long serialVersionUID = 1L;

    private final transient String text;

    PresentedKey(String text) {
        super(List.of());
        this.text = text;
    }

    String text() {
        return text;
    }

    /** Nothing that is printed anywhere holds the key. */
    @Override
    public Object getPrincipal() {
        return "an API key";
    }

    @Override
    public Object getCredentials() {
        return "";
    }
}
