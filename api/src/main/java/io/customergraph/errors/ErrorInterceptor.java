package io.customergraph.errors;

import graphql.ErrorClassification;
import graphql.ErrorType;
import graphql.ExecutionResult;
import graphql.GraphQLError;
import graphql.introspection.GoodFaithIntrospection.BadFaithIntrospectionError;
import graphql.validation.ValidationError;
import graphql.validation.ValidationErrorType;

import io.customergraph.graphql.InvalidRequest;
import io.customergraph.graphql.MissingScope;

import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.graphql.server.WebGraphQlInterceptor;
import org.springframework.graphql.server.WebGraphQlRequest;
import org.springframework.graphql.server.WebGraphQlResponse;
import org.springframework.graphql.support.DefaultExecutionGraphQlResponse;
import org.springframework.stereotype.Component;

import reactor.core.publisher.Mono;

import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Sees that every GraphQL error leaves with a code and the correlation id, and that no text of the
 * engine leaves that says more than a client should read.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
final class ErrorInterceptor implements WebGraphQlInterceptor {

    private static final Set<ValidationErrorType> OF_A_VALUE =
            EnumSet.of(
                    ValidationErrorType.WrongType,
                    ValidationErrorType.NullValueForNonNullArgument,
                    ValidationErrorType.BadValueForDefaultArg);

    @Override
    public Mono<WebGraphQlResponse> intercept(WebGraphQlRequest request, Chain chain) {
        return Mono.deferContextual(
                context -> {
                    String correlationId = CorrelationId.of(context);
                    return chain.next(request)
                            .map(response -> coded(response, correlationId))
                            .onErrorResume(
                                    thrown -> Mono.just(failed(request, thrown, correlationId)));
                });
    }

    private static WebGraphQlResponse coded(WebGraphQlResponse response, String correlationId) {
        List<GraphQLError> errors = response.getExecutionResult().getErrors();
        if (errors.isEmpty()) {
            return response;
        }
        List<GraphQLError> coded =
                errors.stream()
                        .<GraphQLError>map(
                                error -> coded(error, correlationId).correlatedBy(correlationId))
                        .toList();
        return response.transform(builder -> builder.errors(coded));
    }

    private static ApiError coded(GraphQLError error, String correlationId) {
        if (error instanceof ApiError already) {
            return already;
        }
        if (error.getExtensions() != null
                && error.getExtensions().get("code") instanceof String code) {
            Map<String, Object> details = new LinkedHashMap<>(error.getExtensions());
            details.remove("code");
            return new ApiError(
                    code, error.getMessage(), error.getLocations(), error.getPath(), details);
        }
        ErrorCode code = codeOf(error);
        if (code == ErrorCode.INTERNAL) {
            FailureLog.unanswered(correlationId, error.getErrorType() + " at " + error.getPath());
        }
        return new ApiError(
                code.name(),
                messageOf(code, error),
                error.getLocations(),
                error.getPath(),
                Map.of());
    }

    private static ErrorCode codeOf(GraphQLError error) {
        if (error instanceof ValidationError validation) {
            return OF_A_VALUE.contains(validation.getValidationErrorType())
                    ? ErrorCode.BAD_USER_INPUT
                    : ErrorCode.GRAPHQL_VALIDATION_FAILED;
        }
        if (error instanceof BadFaithIntrospectionError) {
            return ErrorCode.QUERY_TOO_COMPLEX;
        }
        ErrorClassification type = error.getErrorType();
        if (type == ErrorType.InvalidSyntax) {
            return ErrorCode.GRAPHQL_PARSE_FAILED;
        }
        if (type == ErrorType.OperationNotSupported) {
            return ErrorCode.GRAPHQL_VALIDATION_FAILED;
        }
        // Outside the validation of the document it is a variable that did not fit its type.
        if (type == ErrorType.ValidationError) {
            return ErrorCode.BAD_USER_INPUT;
        }
        return type == ErrorType.ExecutionAborted ? ErrorCode.TIMEOUT : ErrorCode.INTERNAL;
    }

    private static String messageOf(ErrorCode code, GraphQLError error) {
        return switch (code) {
            case INTERNAL -> Texts.INTERNAL;
            case TIMEOUT -> "The execution was given up";
            default -> Texts.shortened(withoutValue(error.getMessage()));
        };
    }

    /** graphql-java quotes the value, which may be somebody's address, as its own syntax tree. */
    private static String withoutValue(String message) {
        int from = message.indexOf(" with value '");
        int to = message.lastIndexOf("' is ");
        int other = message.lastIndexOf("' must be ");
        int end = Math.max(to, other);
        return from < 0 || end < from
                ? message
                : message.substring(0, from) + message.substring(end + 1);
    }

    private static WebGraphQlResponse failed(
            WebGraphQlRequest request, Throwable thrown, String correlationId) {
        ApiError error =
                switch (Failure.of(thrown)) {
                    case Failure.Mendable(InvalidRequest invalid) ->
                            new ApiError(
                                    invalid.code().name(), Texts.of(invalid), null, null, Map.of());
                    case Failure.Forbidden(MissingScope missing) ->
                            ApiError.missingScope(missing.what(), missing.scope());
                    case Failure.Unavailable(Throwable cause) -> {
                        FailureLog.unavailable(correlationId, cause);
                        yield ApiError.of(
                                ErrorCode.UNAVAILABLE,
                                Texts.UNAVAILABLE,
                                Map.of("retryable", true));
                    }
                    case Failure.Unexpected(Throwable cause) -> {
                        FailureLog.unexpected(correlationId, cause);
                        yield ApiError.of(ErrorCode.INTERNAL, Texts.INTERNAL);
                    }
                };
        return new WebGraphQlResponse(
                new DefaultExecutionGraphQlResponse(
                        request.toExecutionInput(),
                        ExecutionResult.newExecutionResult()
                                .addError(error.correlatedBy(correlationId))
                                .build()));
    }
}
