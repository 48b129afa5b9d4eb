package io.customergraph.provider.check;

import io.customergraph.integration.OpenConnection;
import io.customergraph.provider.ProviderAnswer;
import io.customergraph.provider.ProviderCall;
import io.customergraph.secret.Secret;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** The call that tests a connection to one provider. */
public interface ProviderCheck {

    /** The provider's short name. */
    String provider();

    /** A cheap call that needs the credentials and changes nothing. */
    ProviderCall call(OpenConnection connection);

    /** What the answer says. */
    default CheckResult read(ProviderAnswer answer) {
        return CheckResult.ofStatus(answer);
    }

    /** A GET of the connection's API. */
    static ProviderCall get(OpenConnection open, String path) {
        return call(open, "GET", path);
    }

    /** A call of the connection's API. */
    static ProviderCall call(OpenConnection open, String method, String path) {
        return ProviderCall.of(
                        open.connection().id(),
                        open.provider().provider(),
                        method,
                        open.baseUrl(),
                        path)
                .header("Accept", "application/json");
    }

    /** A secret that the form requires, in clear. */
    static String secret(OpenConnection open, String field) {
        return open.secret(field)
                .map(Secret::reveal)
                .orElseThrow(
                        () ->
                                new IllegalStateException(
                                        "Connection %s has no %s"
                                                .formatted(open.connection().id(), field)));
    }

    static String bearer(OpenConnection open, String field) {
        return "Bearer " + secret(open, field);
    }

    /** Basic authentication (RFC 7617). */
    static String basic(String user, String password) {
        return "Basic "
                + Base64.getEncoder()
                        .encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
    }
}
