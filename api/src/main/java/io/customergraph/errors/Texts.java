package io.customergraph.errors;

import io.customergraph.graphql.InvalidRequest;

/** What a client reads when the reason is not its own. */
final class Texts {

    static final String INTERNAL =
            "Something went wrong on the server; the correlation id finds it in the log";
    static final String UNAVAILABLE = "The database cannot answer now; try again shortly";

    /** A client's own text comes back in some errors: as much of it as helps. */
    private static final int LONGEST = 400;

    private Texts() {}

    static String of(InvalidRequest request) {
        String message = request.getMessage();
        return message == null ? "The request is not valid" : message;
    }

    static String shortened(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + " …";
    }
}
