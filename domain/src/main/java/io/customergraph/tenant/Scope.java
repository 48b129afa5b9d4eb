package io.customergraph.tenant;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a key or token may do, within its own tenant. */
public enum Scope {
    CUSTOMERS_READ,
    CUSTOMERS_WRITE,
    MATCHING_REVIEW,
    REVENUE_READ,
    INTEGRATIONS_READ,
    INTEGRATIONS_WRITE,
    PARTNERS_ADMIN,
    TENANT_ADMIN;

    /** The name in keys and tokens, such as {@code customers:read}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', ':');
    }

    /** The scope of a name in a key or token; empty for one that this version does not know. */
    public static Optional<Scope> ofCode(String code) {
        return Arrays.stream(values()).filter(scope -> scope.code().equals(code)).findFirst();
    }
}
