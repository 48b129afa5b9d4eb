package io.customergraph.worker;

import io.customergraph.privacy.PrivacyWork;
import io.r2dbc.spi.ConnectionFactory;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

import java.time.Duration;

/** Forgets whom people and providers ask to forget. */
@Component
public final class PrivacyWorker extends TenantRounds {

    PrivacyWorker(
            PrivacyWork work,
            @Qualifier("unbound") ConnectionFactory unbound,
            @Value("${customergraph.privacy.interval:10s}") Duration interval) {
        super("A privacy request", unbound, PrivacyWork.WHOSE, interval, work::work);
    }
}
