package io.customergraph.provider.check;

import io.customergraph.integration.OpenConnection;
import io.customergraph.provider.ProviderCall;

import org.springframework.stereotype.Component;

/** Asks for the balance. */
@Component
final class InfobipCheck implements ProviderCheck {

    @Override
    public String provider() {
        return "infobip";
    }

    @Override
    public ProviderCall call(OpenConnection open) {
        return ProviderCheck.get(open, "/account/1/balance")
                .header("Authorization", "App " + ProviderCheck.secret(open, "api_key"));
    }
}
