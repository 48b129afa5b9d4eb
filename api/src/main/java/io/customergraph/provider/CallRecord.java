package io.customergraph.provider;

import io.customergraph.integration.LoggedCall;
import io.customergraph.tenant.TenantId;

/** A call that is to be written down for its tenant. */
record CallRecord(TenantId tenant, LoggedCall call) {}
