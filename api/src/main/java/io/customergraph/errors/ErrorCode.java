package io.customergraph.errors;

/**
 * What a program can tell failures apart by: {@code extensions.code}. The codes of what a resolver
 * refuses ({@link io.customergraph.graphql.InvalidRequest.Code}) stand beside these. A code is part
 * of the contract and is not renamed.
 */
public enum ErrorCode {
    /** No key or token, both, or one that is not good. */
    UNAUTHENTICATED,
    /** The key or token lacks the scope. */
    FORBIDDEN,
    /** More requests than the key may send in a minute. */
    RATE_LIMITED,

    /** Not a GraphQL request: no JSON, no object, no query. */
    BAD_REQUEST,
    NOT_FOUND,
    METHOD_NOT_ALLOWED,
    NOT_ACCEPTABLE,
    BODY_TOO_LARGE,
    UNSUPPORTED_MEDIA_TYPE,

    /** Not a GraphQL document. */
    GRAPHQL_PARSE_FAILED,
    /** A GraphQL document that this schema does not answer. */
    GRAPHQL_VALIDATION_FAILED,
    /** {@code operationName} names none of the document's operations, or is missing. */
    OPERATION_NOT_FOUND,
    INTROSPECTION_DISABLED,
    QUERY_TOO_DEEP,
    QUERY_TOO_COMPLEX,
    TOO_MANY_TOKENS,
    TOO_MANY_ALIASES,
    TOO_MANY_DIRECTIVES,
    TOO_MANY_FIELDS,
    TOO_MANY_ROOT_FIELDS,
    /** A value of a wrong type, or one that cannot be stored. */
    BAD_USER_INPUT,

    /** The execution took too long and was given up. */
    TIMEOUT,
    /** The database cannot be reached or is too busy; the same request may succeed later. */
    UNAVAILABLE,
    /** A fault of the server. */
    INTERNAL
}
