package io.customergraph.provider.check;

import io.customergraph.integration.OpenConnection;
import io.customergraph.provider.ProviderCall;

import org.springframework.stereotype.Component;

import tools.jackson.databind.json.JsonMapper;

import java.util.Map;

/** Changes the API key into a token, which is thrown away. */
@Component
final class PaymobCheck implements ProviderCheck {

    private static final JsonMapper JSON = new JsonMapper();

    @Override
    public String provider() {
        return "paymob";
    }

    @Override
    public ProviderCall call(OpenConnection open) {
        return ProviderCheck.call(open, "POST", "/api/auth/tokens")
                .body(
                        "application/json",
                        JSON.writeValueAsString(
                                Map.of("api_key", ProviderCheck.secret(open, "api_key"))))
                .repeatable();
    }
}
