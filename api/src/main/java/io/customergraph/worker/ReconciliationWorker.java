package io.customergraph.worker;

import io.customergraph.provider.sync.Reconciler;
import io.customergraph.reconcile.Reconciliations;
import io.r2dbc.spi.ConnectionFactory;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.stereotype.Component;

import java.time.Duration;

/** Compares what is here with what providers have, where somebody asked for it. */
@Component
@ConditionalOnBooleanProperty(name = "customergraph.syncs.enabled", matchIfMissing = true)
public final class ReconciliationWorker extends TenantRounds {

    ReconciliationWorker(
            Reconciler reconciler,
            @Qualifier("unbound") ConnectionFactory unbound,
            @Value("${customergraph.syncs.interval:30s}") Duration interval) {
        super("A reconciliation", unbound, Reconciliations.WHOSE, interval, reconciler::work);
    }
}
