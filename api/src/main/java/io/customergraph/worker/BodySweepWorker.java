package io.customergraph.worker;

import io.customergraph.delivery.BodySweep;
import io.r2dbc.spi.ConnectionFactory;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.stereotype.Component;

import java.time.Duration;
import java.util.Map;

/** Deletes bodies that no delivery names. */
@Component
@ConditionalOnBooleanProperty(name = "customergraph.bodies.clean-up", matchIfMissing = true)
public final class BodySweepWorker extends TenantRounds {

    BodySweepWorker(
            BodySweep sweep,
            @Qualifier("unbound") ConnectionFactory unbound,
            @Value("${customergraph.bodies.clean-up-interval:10m}") Duration interval) {
        super(
                "Looking for bodies without a delivery",
                unbound,
                BodySweep.WHOSE,
                Map.of("every", sweep.everySeconds()),
                interval,
                sweep::work);
    }
}
