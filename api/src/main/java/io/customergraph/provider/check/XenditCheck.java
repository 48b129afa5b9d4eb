package io.customergraph.provider.check;

import io.customergraph.integration.OpenConnection;
import io.customergraph.provider.ProviderCall;

import org.springframework.stereotype.Component;

/** Asks for the balance. */
@Component
final class XenditCheck implements ProviderCheck {

    @Override
    public String provider() {
        return "xendit";
    }

    @Override
    public ProviderCall call(OpenConnection open) {
        return ProviderCheck.get(open, "/balance")
                .header(
                        "Authorization",
                        ProviderCheck.basic(ProviderCheck.secret(open, "secret_key"), ""));
    }
}
