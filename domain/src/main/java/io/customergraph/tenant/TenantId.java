package io.customergraph.tenant;

import java.util.regex.Pattern;

/**
 * The tenant's short name, as in its API keys and tokens: lower-case letters, digits, '-' and '_',
 * at most 63 characters.
 */
public record TenantId(String value) {

    private static final Pattern SHORT_NAME = Pattern.compile("[a-z0-9][a-z0-9_-]{0,62}");

    public TenantId {
        if (!SHORT_NAME.matcher(value).matches()) {
            throw new IllegalArgumentException("Not a tenant id: it has up to 63 of a-z 0-9 _ -");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
