package io.customergraph.limits;

import graphql.GraphQLError;
import graphql.parser.InvalidSyntaxException;
import graphql.parser.exceptions.InvalidUnicodeSyntaxException;
import graphql.parser.exceptions.MoreTokensSyntaxException;
import graphql.parser.exceptions.ParseCancelledException;
import graphql.parser.exceptions.ParseCancelledTooDeepException;

import io.customergraph.errors.ApiError;
import io.customergraph.errors.ErrorCode;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What a document's shape, or the failure to read it, means for its sender. */
final class ShapeLimits {

    private ShapeLimits() {}

    /** Everything that is wrong with the shape, so that one answer tells all. */
    static List<GraphQLError> faults(
            ShapeWalk.Outcome outcome, Limits limits, boolean isIntrospectionOn) {
        List<GraphQLError> faults = new ArrayList<>();
        if (outcome.hasUnstorableText()) {
            faults.add(
                    ApiError.of(
                            ErrorCode.BAD_USER_INPUT,
                            "A text in the document holds a NUL or half of a surrogate pair"));
        }
        if (outcome.introspects() && !isIntrospectionOn) {
            faults.add(
                    ApiError.of(
                            ErrorCode.INTROSPECTION_DISABLED,
                            "This server does not answer introspection"));
        }
        Shape shape = outcome.shape();
        check(
                faults,
                ErrorCode.QUERY_TOO_DEEP,
                "Levels of the document",
                shape.depth(),
                limits.depth());
        check(
                faults,
                ErrorCode.TOO_MANY_ALIASES,
                "Aliases of the document",
                shape.aliases(),
                limits.aliases());
        check(
                faults,
                ErrorCode.TOO_MANY_ROOT_FIELDS,
                "Root fields of an operation",
                outcome.rootFields(),
                limits.rootFields());
        check(
                faults,
                ErrorCode.TOO_MANY_DIRECTIVES,
                "Directives of the document",
                shape.directives(),
                limits.directives());
        check(
                faults,
                ErrorCode.TOO_MANY_FIELDS,
                "Fields of the document",
                shape.fields(),
                limits.fields());
        return faults;
    }

    /** Why the parser stopped. */
    static GraphQLError fault(InvalidSyntaxException failure, Limits limits) {
        return switch (failure) {
            case MoreTokensSyntaxException _, ParseCancelledException _ ->
                    ApiError.of(
                            ErrorCode.TOO_MANY_TOKENS,
                            "The document has more than %d tokens".formatted(limits.tokens()),
                            Map.of("limit", limits.tokens()));
            case ParseCancelledTooDeepException _ ->
                    ApiError.of(
                            ErrorCode.QUERY_TOO_DEEP,
                            "The document is nested far deeper than %d levels"
                                    .formatted(limits.depth()),
                            Map.of("limit", limits.depth()));
            case InvalidUnicodeSyntaxException _ ->
                    ApiError.of(
                            ErrorCode.BAD_USER_INPUT,
                            "A text in the document is not valid Unicode");
            default -> failure.toInvalidSyntaxError();
        };
    }

    static ApiError over(ErrorCode code, String what, long actual, long limit) {
        return ApiError.of(
                code,
                "%s: %d, and the limit is %d".formatted(what, actual, limit),
                Map.of("actual", actual, "limit", limit));
    }

    private static void check(
            List<GraphQLError> faults, ErrorCode code, String what, long actual, long limit) {
        if (actual > limit) {
            faults.add(over(code, what, actual, limit));
        }
    }
}
