package io.customergraph.graphql;

/**
 * A request that its sender can mend. It becomes a GraphQL error with {@code extensions.code} and a
 * message that says how; it is no fault of the server and is not logged as one.
 */
public final class InvalidRequest extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** What is wrong, as {@code extensions.code} says it. */
    public enum Code {
        /** A value of a right type that makes no sense. */
        BAD_USER_INPUT,
        /** Not an id that this API issued. */
        INVALID_ID,
        /** Not a cursor that this connection issued. */
        INVALID_CURSOR,
        /** {@code first}/{@code last} missing, negative, over 100, or both. */
        INVALID_PAGE
    }

    private final Code code;

    public InvalidRequest(Code code, String message) {
        super(message, null, false, false);
        this.code = code;
    }

    public Code code() {
        return code;
    }
}
