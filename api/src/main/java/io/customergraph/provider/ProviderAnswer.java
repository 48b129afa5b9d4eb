package io.customergraph.provider;

import org.springframework.http.HttpHeaders;

/**
 * What a provider answered, whatever its status. Redirects are answers too; none is followed.
 * Printing it shows the status only.
 *
 * @param body as text of UTF-8; empty where there was none
 */
public record ProviderAnswer(int status, HttpHeaders headers, String body) {

    public boolean isSuccess() {
        return status >= 200 && status < 300;
    }

    /** Whether the provider does not take the credentials. */
    public boolean isUnauthorized() {
        return status == 401 || status == 403;
    }

    @Override
    public String toString() {
        return "ProviderAnswer[" + status + "]";
    }
}
