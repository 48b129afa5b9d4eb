package io.customergraph.provider.check;

import io.customergraph.integration.OpenConnection;
import io.customergraph.provider.ProviderAnswer;
import io.customergraph.provider.ProviderCall;

import org.springframework.stereotype.Component;

import tools.jackson.databind.json.JsonMapper;

import java.util.Map;
import java.util.regex.Pattern;

/** Asks for a transaction that there is not; the code of the answer tells why there is none. */
@Component
final class PayTabsCheck implements ProviderCheck {

    private static final JsonMapper JSON = new JsonMapper();

    private static final Pattern AUTHENTICATION_FAILED = Pattern.compile("\"code\"\\s*:\\s*1\\b");

    @Override
    public String provider() {
        return "paytabs";
    }

    @Override
    public ProviderCall call(OpenConnection open) {
        return ProviderCheck.call(open, "POST", "/payment/query")
                .header("authorization", ProviderCheck.secret(open, "server_key"))
                .body(
                        "application/json",
                        JSON.writeValueAsString(
                                Map.of(
                                        "profile_id",
                                        Long.valueOf(open.setting("profile_id")),
                                        "tran_ref",
                                        "TST0000000000000")))
                .repeatable();
    }

    @Override
    public CheckResult read(ProviderAnswer answer) {
        if (answer.isUnauthorized() || AUTHENTICATION_FAILED.matcher(answer.body()).find()) {
            return CheckResult.UNAUTHORIZED;
        }
        return answer.status() < 500 && answer.status() != 429
                ? CheckResult.WORKS
                : CheckResult.refused(answer);
    }
}
