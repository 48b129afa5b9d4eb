package io.customergraph.worker;

import io.customergraph.provider.sync.HistorySync;
import io.customergraph.sync.Syncs;
import io.r2dbc.spi.ConnectionFactory;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.stereotype.Component;

import java.time.Duration;
import java.util.Map;

/** Reads the histories of connections at their providers. */
@Component
@ConditionalOnBooleanProperty(name = "customergraph.syncs.enabled", matchIfMissing = true)
public final class HistoryWorker extends TenantRounds {

    HistoryWorker(
            HistorySync histories,
            @Qualifier("unbound") ConnectionFactory unbound,
            @Value("${customergraph.syncs.interval:30s}") Duration interval) {
        super(
                "Reading histories",
                unbound,
                Syncs.WHOSE,
                Map.of("providers", String.join(",", histories.providers())),
                interval,
                histories::work);
    }
}
