package io.customergraph.worker;

import io.customergraph.delivery.BodyRetention;
import io.r2dbc.spi.ConnectionFactory;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.stereotype.Component;

import java.time.Duration;
import java.util.Map;

/** Deletes bodies of deliveries whose retention ended. */
@Component
@ConditionalOnBooleanProperty(name = "customergraph.bodies.clean-up", matchIfMissing = true)
public final class BodyRetentionWorker extends TenantRounds {

    BodyRetentionWorker(
            BodyRetention retention,
            @Qualifier("unbound") ConnectionFactory unbound,
            @Value("${customergraph.bodies.clean-up-interval:10m}") Duration interval) {
        super(
                "Deleting old bodies",
                unbound,
                BodyRetention.WHOSE,
                Map.of("dead", retention.deadSeconds()),
                interval,
                retention::work);
    }
}
