package io.customergraph.tenant;

import org.jspecify.annotations.Nullable;

/** What a physical connection knows of the tenant that its session is set to. */
interface TenantMemory {

    @Nullable TenantId tenant();

    void remember(TenantId tenant);

    void forget();
}
