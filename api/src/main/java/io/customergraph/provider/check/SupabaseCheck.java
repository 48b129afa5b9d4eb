package io.customergraph.provider.check;

import io.customergraph.integration.OpenConnection;
import io.customergraph.provider.ProviderCall;

import org.springframework.stereotype.Component;

/** Asks for the settings of sign-in. */
@Component
final class SupabaseCheck implements ProviderCheck {

    @Override
    public String provider() {
        return "supabase";
    }

    @Override
    public ProviderCall call(OpenConnection open) {
        String key = ProviderCheck.secret(open, "service_key");
        return ProviderCheck.get(open, "/auth/v1/settings")
                .header("apikey", key)
                .header("Authorization", "Bearer " + key);
    }
}
