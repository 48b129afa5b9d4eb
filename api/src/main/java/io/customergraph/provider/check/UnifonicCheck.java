package io.customergraph.provider.check;

import io.customergraph.integration.OpenConnection;
import io.customergraph.provider.ProviderAnswer;
import io.customergraph.provider.ProviderCall;

import org.springframework.stereotype.Component;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** Asks for the balance. The key goes in the body, for an address is written down on its way. */
@Component
final class UnifonicCheck implements ProviderCheck {

    private static final Pattern NOT_DONE = Pattern.compile("(?i)\"success\"\\s*:\\s*\"?false");

    @Override
    public String provider() {
        return "unifonic";
    }

    @Override
    public ProviderCall call(OpenConnection open) {
        return ProviderCheck.call(open, "POST", "/rest/Account/GetBalance")
                .body(
                        "application/x-www-form-urlencoded",
                        "AppSid="
                                + URLEncoder.encode(
                                        ProviderCheck.secret(open, "app_sid"),
                                        StandardCharsets.UTF_8))
                .repeatable();
    }

    @Override
    public CheckResult read(ProviderAnswer answer) {
        // A key that is not good is answered with 200 or 4xx, and always with success false.
        return answer.status() < 500 && NOT_DONE.matcher(answer.body()).find()
                ? CheckResult.UNAUTHORIZED
                : CheckResult.ofStatus(answer);
    }
}
