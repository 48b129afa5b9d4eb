package io.customergraph.provider.check;

import io.customergraph.integration.OpenConnection;
import io.customergraph.provider.ProviderAnswer;
import io.customergraph.provider.ProviderCall;

import org.springframework.stereotype.Component;

/** Asks for a payment that there is not: with a good key it is not found. */
@Component
final class TabbyCheck implements ProviderCheck {

    @Override
    public String provider() {
        return "tabby";
    }

    @Override
    public ProviderCall call(OpenConnection open) {
        return ProviderCheck.get(open, "/api/v2/payments/{id}")
                .pathValue("id", "00000000-0000-0000-0000-000000000000")
                .header("Authorization", ProviderCheck.bearer(open, "secret_key"))
                .header("X-Merchant-Code", open.setting("merchant_code"));
    }

    @Override
    public CheckResult read(ProviderAnswer answer) {
        return CheckResult.ofMissing(answer);
    }
}
