package io.customergraph.security;

import static io.customergraph.tenant.Scope.CUSTOMERS_READ;
import static io.customergraph.tenant.Scope.CUSTOMERS_WRITE;
import static io.customergraph.tenant.Scope.INTEGRATIONS_READ;
import static io.customergraph.tenant.Scope.INTEGRATIONS_WRITE;
import static io.customergraph.tenant.Scope.MATCHING_REVIEW;
import static io.customergraph.tenant.Scope.REVENUE_READ;

import io.customergraph.tenant.Scope;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The fixed keys of the demo, one for each kind of user, and one of another tenant. */
enum DemoKey {
    DEMO_DASHBOARD,
    DEMO_ANALYST,
    DEMO_PARTNER,
    DEMO_STEWARD,
    DEMO_ADMIN,
    RIVAL_ADMIN;

    /** High enough that a load generator on the same machine measures the server, not the limit. */
    static final int REQUESTS_PER_MINUTE = 1_000_000;

    /** The key itself, such as {@code demo-dashboard}. */
    String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    String tenant() {
        return text().substring(0, text().indexOf('-'));
    }

    /** What the key is for, such as {@code dashboard}. */
    String purpose() {
        return text().substring(text().indexOf('-') + 1);
    }

    Set<Scope> scopes() {
        return switch (this) {
            case DEMO_DASHBOARD -> EnumSet.of(CUSTOMERS_READ);
            case DEMO_ANALYST -> EnumSet.of(CUSTOMERS_READ, REVENUE_READ);
            case DEMO_PARTNER -> EnumSet.of(INTEGRATIONS_READ, INTEGRATIONS_WRITE);
            case DEMO_STEWARD -> EnumSet.of(CUSTOMERS_READ, CUSTOMERS_WRITE, MATCHING_REVIEW);
            case DEMO_ADMIN, RIVAL_ADMIN -> EnumSet.allOf(Scope.class);
        };
    }

    static List<String> texts() {
        return Arrays.stream(values()).map(DemoKey::text).toList();
    }
}
