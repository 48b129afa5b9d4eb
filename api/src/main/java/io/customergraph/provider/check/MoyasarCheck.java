package io.customergraph.provider.check;

import io.customergraph.integration.OpenConnection;
import io.customergraph.provider.ProviderCall;

import org.springframework.stereotype.Component;

/** Asks for the first page of payments. */
@Component
final class MoyasarCheck implements ProviderCheck {

    @Override
    public String provider() {
        return "moyasar";
    }

    @Override
    public ProviderCall call(OpenConnection open) {
        return ProviderCheck.get(open, "/v1/payments")
                .query("page", "1")
                .header(
                        "Authorization",
                        ProviderCheck.basic(ProviderCheck.secret(open, "secret_key"), ""));
    }
}
