package io.customergraph.provider.check;

import io.customergraph.integration.OpenConnection;
import io.customergraph.provider.ProviderAnswer;
import io.customergraph.provider.ProviderCall;

import org.springframework.stereotype.Component;

/** Asks for the webhook of the channel; it may have none yet. */
@Component
final class Dialog360Check implements ProviderCheck {

    @Override
    public String provider() {
        return "dialog_360";
    }

    @Override
    public ProviderCall call(OpenConnection open) {
        return ProviderCheck.get(open, "/v1/configs/webhook")
                .header("D360-API-KEY", ProviderCheck.secret(open, "api_key"));
    }

    @Override
    public CheckResult read(ProviderAnswer answer) {
        return CheckResult.ofMissing(answer);
    }
}
