package io.customergraph.worker;

import io.customergraph.run.MatchRunner;
import io.r2dbc.spi.ConnectionFactory;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

import java.time.Duration;

/** Does the bulk runs that wait, and takes up those whose node died; one at a time on a node. */
@Component
public final class MatchRunWorker implements SmartLifecycle {

    private final TenantRounds rounds;
    private final Duration interval;

    MatchRunWorker(
            MatchRunner runner,
            @Qualifier("unbound") ConnectionFactory unbound,
            @Value("${customergraph.matching.run-interval:10s}") Duration interval) {
        this.rounds =
                new TenantRounds(
                        "A match run", unbound, "SELECT tenants_with_waiting_runs()", runner::work);
        this.interval = interval;
    }

    /** Looks at once. */
    public void wake() {
        rounds.wake();
    }

    @Override
    public void start() {
        rounds.start(interval);
    }

    @Override
    public void stop() {
        rounds.stop();
    }

    @Override
    public boolean isRunning() {
        return rounds.isRunning();
    }
}
