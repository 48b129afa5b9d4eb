package io.customergraph.provider.check;

import io.customergraph.integration.OpenConnection;
import io.customergraph.provider.ProviderAnswer;
import io.customergraph.provider.ProviderCall;

import org.springframework.stereotype.Component;

/** Asks for a charge that there is not: with a good key it is not found. */
@Component
final class TapCheck implements ProviderCheck {

    @Override
    public String provider() {
        return "tap";
    }

    @Override
    public ProviderCall call(OpenConnection open) {
        return ProviderCheck.get(open, "/v2/charges/{id}")
                .pathValue("id", "chg_none")
                .header("Authorization", ProviderCheck.bearer(open, "secret_key"));
    }

    @Override
    public CheckResult read(ProviderAnswer answer) {
        return CheckResult.ofMissing(answer);
    }
}
