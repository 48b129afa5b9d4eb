package io.customergraph.provider.check;

import io.customergraph.integration.OpenConnection;
import io.customergraph.provider.ProviderAnswer;
import io.customergraph.provider.ProviderCall;

import org.springframework.stereotype.Component;

/** Asks the shop for its own id. */
@Component
final class ShopifyCheck implements ProviderCheck {

    @Override
    public String provider() {
        return "shopify";
    }

    @Override
    public ProviderCall call(OpenConnection open) {
        return ProviderCheck.call(open, "POST", "/admin/api/{version}/graphql.json")
                .pathValue("version", "2026-07")
                .header("X-Shopify-Access-Token", ProviderCheck.secret(open, "access_token"))
                .body("application/json", "{\"query\":\"{ shop { id } }\"}")
                .repeatable();
    }

    @Override
    public CheckResult read(ProviderAnswer answer) {
        // A query that fails is answered with 200 too; only data tells that it ran.
        return answer.isSuccess() && !answer.body().contains("\"data\"")
                ? new CheckResult("unexpected_answer")
                : CheckResult.ofStatus(answer);
    }
}
