package io.customergraph.provider.check;

import io.customergraph.integration.OpenConnection;
import io.customergraph.provider.ProviderCall;

import org.springframework.stereotype.Component;

/** Asks for the account itself. */
@Component
final class TwilioCheck implements ProviderCheck {

    @Override
    public String provider() {
        return "twilio";
    }

    @Override
    public ProviderCall call(OpenConnection open) {
        String sid = open.setting("account_sid");
        return ProviderCheck.get(open, "/2010-04-01/Accounts/{sid}.json")
                .pathValue("sid", sid)
                .header(
                        "Authorization",
                        ProviderCheck.basic(sid, ProviderCheck.secret(open, "auth_token")));
    }
}
