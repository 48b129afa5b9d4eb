package io.customergraph.provider.check;

import io.customergraph.integration.OpenConnection;
import io.customergraph.provider.ProviderAnswer;
import io.customergraph.provider.ProviderCall;

import org.springframework.stereotype.Component;

/** Asks for a webhook that there is not: with a good token it is not found. */
@Component
final class TamaraCheck implements ProviderCheck {

    @Override
    public String provider() {
        return "tamara";
    }

    @Override
    public ProviderCall call(OpenConnection open) {
        return ProviderCheck.get(open, "/webhooks/{id}")
                .pathValue("id", "00000000-0000-0000-0000-000000000000")
                .header("Authorization", ProviderCheck.bearer(open, "api_token"));
    }

    @Override
    public CheckResult read(ProviderAnswer answer) {
        return CheckResult.ofMissing(answer);
    }
}
