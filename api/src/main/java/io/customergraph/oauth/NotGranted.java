package io.customergraph.oauth;

import io.customergraph.provider.ProviderAnswer;

/** A provider gave no token. The message is a code and holds nothing that was sent. */
final class NotGranted extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String problem;

    NotGranted(String problem) {
        super(problem, null, false, false);
        this.problem = problem;
    }

    /** Of an answer without a token. */
    static NotGranted by(ProviderAnswer answer) {
        if (answer.status() == 429) {
            return new NotGranted("rate_limited");
        }
        if (answer.status() >= 500) {
            return new NotGranted("provider_error");
        }
        return new NotGranted(answer.isSuccess() ? "unexpected_answer" : "unauthorized");
    }

    /** As health keeps it. */
    String problem() {
        return problem;
    }
}
