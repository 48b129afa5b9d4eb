package io.customergraph.provider.check;

import io.customergraph.integration.OpenConnection;
import io.customergraph.provider.ProviderAnswer;
import io.customergraph.provider.ProviderCall;

import org.springframework.stereotype.Component;

/** Asks for the business account itself. */
@Component
final class MetaWhatsAppCheck implements ProviderCheck {

    @Override
    public String provider() {
        return "meta_whatsapp";
    }

    @Override
    public ProviderCall call(OpenConnection open) {
        return ProviderCheck.get(open, "/{version}/{id}")
                .pathValue("version", "v23.0")
                .pathValue("id", open.setting("waba_id"))
                .query("fields", "id")
                .header("Authorization", ProviderCheck.bearer(open, "access_token"));
    }

    @Override
    public CheckResult read(ProviderAnswer answer) {
        // A token that is not good is code 190, with 400 or 401.
        return answer.body().contains("\"code\":190")
                ? CheckResult.UNAUTHORIZED
                : CheckResult.ofStatus(answer);
    }
}
