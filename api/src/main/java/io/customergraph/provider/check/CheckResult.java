package io.customergraph.provider.check;

import io.customergraph.provider.ProviderAnswer;

import org.jspecify.annotations.Nullable;

/**
 * What a check found.
 *
 * @param problem why it failed, as a code without any value; null where the connection works
 */
public record CheckResult(@Nullable String problem) {

    static final CheckResult WORKS = new CheckResult(null);
    static final CheckResult UNAUTHORIZED = new CheckResult("unauthorized");

    /** Whether the connection works. */
    public boolean works() {
        return problem == null;
    }

    /** Any success works; else the status says what is wrong. */
    public static CheckResult ofStatus(ProviderAnswer answer) {
        return answer.isSuccess() ? WORKS : refused(answer);
    }

    /** As {@link #ofStatus} for a thing that is not there: not finding it takes credentials. */
    static CheckResult ofMissing(ProviderAnswer answer) {
        return answer.status() == 404 ? WORKS : ofStatus(answer);
    }

    static CheckResult refused(ProviderAnswer answer) {
        if (answer.isUnauthorized()) {
            return UNAUTHORIZED;
        }
        return switch (answer.status()) {
            case 404 -> new CheckResult("account_not_found");
            case 429 -> new CheckResult("rate_limited");
            default ->
                    new CheckResult(
                            answer.status() >= 500 ? "provider_error" : "unexpected_answer");
        };
    }
}
