package io.customergraph.worker;

import io.customergraph.oauth.TokenRefresh;
import io.r2dbc.spi.ConnectionFactory;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

import java.time.Duration;

/** Renews the tokens of providers before they end. */
@Component
public final class TokenRefreshWorker extends TenantRounds {

    TokenRefreshWorker(
            TokenRefresh refresh,
            @Qualifier("unbound") ConnectionFactory unbound,
            @Value("${customergraph.integrations.refresh-interval:1m}") Duration interval) {
        super(
                "Renewing tokens",
                unbound,
                "SELECT tenants_with_due_token_refreshes()",
                interval,
                refresh::work);
    }
}
