package io.customergraph.worker;

import io.customergraph.run.MatchRunner;
import io.r2dbc.spi.ConnectionFactory;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

import java.time.Duration;

/** Does the bulk runs that wait, and takes up those whose node died; one at a time on a node. */
@Component
public final class MatchRunWorker extends TenantRounds {

    MatchRunWorker(
            MatchRunner runner,
            @Qualifier("unbound") ConnectionFactory unbound,
            @Value("${customergraph.matching.run-interval:10s}") Duration interval) {
        super("A match run", unbound, "SELECT tenants_with_waiting_runs()", interval, runner::work);
    }
}
