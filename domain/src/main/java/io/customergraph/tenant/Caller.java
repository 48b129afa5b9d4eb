package io.customergraph.tenant;

import java.util.Set;

/**
 * Who asks.
 *
 * @param name for the audit log and the ledger: {@code key:dashboard} or {@code user:<subject>};
 *     never a secret
 */
public record Caller(TenantId tenant, String name, Set<Scope> scopes) {

    public Caller {
        scopes = Set.copyOf(scopes);
    }

    public boolean may(Scope scope) {
        return scopes.contains(scope);
    }
}
