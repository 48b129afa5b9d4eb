package io.customergraph.customer;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * A tenant's rules of identity.
 *
 * @param defaultRegion ISO 3166-1 alpha-2: where a phone number without a country code is read
 * @param byKind one policy for every kind
 */
public record IdentifierPolicies(
        String defaultRegion, Map<IdentifierKind, IdentifierPolicy> byKind) {

    public IdentifierPolicies {
        byKind = Map.copyOf(byKind);
        for (IdentifierKind kind : IdentifierKind.values()) {
            if (!byKind.containsKey(kind)) {
                throw new IllegalArgumentException("No identifier policy for " + kind.code());
            }
        }
    }

    public static IdentifierPolicies of(String defaultRegion, List<IdentifierPolicy> policies) {
        Map<IdentifierKind, IdentifierPolicy> byKind = new EnumMap<>(IdentifierKind.class);
        policies.forEach(policy -> byKind.put(policy.kind(), policy));
        return new IdentifierPolicies(defaultRegion, byKind);
    }

    public IdentifierPolicy of(IdentifierKind kind) {
        IdentifierPolicy policy = byKind.get(kind);
        if (policy == null) {
            throw new IllegalStateException("No identifier policy for " + kind.code());
        }
        return policy;
    }
}
