package io.customergraph.provider.check;

import io.customergraph.integration.OpenConnection;
import io.customergraph.provider.ProviderCall;

import org.springframework.stereotype.Component;

/** Asks who the agent of the key is. */
@Component
final class FreshdeskCheck implements ProviderCheck {

    @Override
    public String provider() {
        return "freshdesk";
    }

    @Override
    public ProviderCall call(OpenConnection open) {
        return ProviderCheck.get(open, "/api/v2/agents/me")
                .header(
                        "Authorization",
                        ProviderCheck.basic(ProviderCheck.secret(open, "api_key"), "X"));
    }
}
