package io.customergraph.provider.check;

import io.customergraph.integration.OpenConnection;
import io.customergraph.provider.ProviderCall;

import org.springframework.stereotype.Component;

/** Asks for the token's rate limit, which every kind of token may read. */
@Component
final class GitHubCheck implements ProviderCheck {

    @Override
    public String provider() {
        return "github";
    }

    @Override
    public ProviderCall call(OpenConnection open) {
        return ProviderCheck.get(open, "/rate_limit")
                .header("Authorization", ProviderCheck.bearer(open, "access_token"));
    }
}
