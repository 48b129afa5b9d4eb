package io.customergraph.errors;

import graphql.GraphQLContext;
import graphql.GraphQLError;
import graphql.schema.DataFetchingEnvironment;

import io.customergraph.graphql.InvalidRequest;
import io.customergraph.graphql.MissingScope;

import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.graphql.execution.DataFetcherExceptionResolver;
import org.springframework.stereotype.Component;

import reactor.core.publisher.Mono;

import java.util.List;
import java.util.Map;

/** Turns what a resolver throws into the field's error. */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
final class ResolverErrors implements DataFetcherExceptionResolver {

    @Override
    public Mono<List<GraphQLError>> resolveException(
            Throwable exception, DataFetchingEnvironment environment) {
        return Mono.just(List.of(resolve(exception, environment)));
    }

    private static ApiError resolve(Throwable exception, DataFetchingEnvironment environment) {
        GraphQLContext context = environment.getGraphQlContext();
        String correlationId = context.getOrDefault(CorrelationId.KEY, "none");
        return switch (Failure.of(exception)) {
            case Failure.Mendable(InvalidRequest request) ->
                    at(environment, request.code().name(), Texts.of(request), Map.of());
            case Failure.Forbidden(MissingScope missing) -> {
                ApiError error = ApiError.missingScope(missing.what(), missing.scope());
                yield at(environment, error.code(), error.message(), error.details());
            }
            case Failure.Unavailable(Throwable cause) -> {
                if (isNews(context, cause)) {
                    FailureLog.unavailable(correlationId, cause);
                }
                yield at(
                        environment,
                        ErrorCode.UNAVAILABLE.name(),
                        Texts.UNAVAILABLE,
                        Map.of("retryable", true));
            }
            case Failure.Unexpected(Throwable cause) -> {
                if (isNews(context, cause)) {
                    FailureLog.unexpected(correlationId, cause);
                }
                yield at(environment, ErrorCode.INTERNAL.name(), Texts.INTERNAL, Map.of());
            }
        };
    }

    /**
     * A failed batch fails each of its parents with the same exception; the log hears of it once.
     */
    private static boolean isNews(GraphQLContext context, Throwable cause) {
        if (context.get(ResolverErrors.class) == cause) {
            return false;
        }
        context.put(ResolverErrors.class, cause);
        return true;
    }

    private static ApiError at(
            DataFetchingEnvironment environment,
            String code,
            String message,
            Map<String, Object> details) {
        return new ApiError(
                code,
                message,
                List.of(environment.getField().getSourceLocation()),
                environment.getExecutionStepInfo().getPath().toList(),
                details);
    }
}
