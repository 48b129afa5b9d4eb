package io.customergraph.limits;

import graphql.ExecutionResult;
import graphql.GraphQLError;

import io.customergraph.errors.ApiError;
import io.customergraph.errors.ErrorCode;
import io.customergraph.tenant.Caller;
import io.customergraph.tenant.Scope;

import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.graphql.server.WebGraphQlInterceptor;
import org.springframework.graphql.server.WebGraphQlRequest;
import org.springframework.graphql.server.WebGraphQlResponse;
import org.springframework.graphql.support.DefaultExecutionGraphQlResponse;

import reactor.core.publisher.Mono;
import reactor.util.context.ContextView;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Lets a request through to its execution, or says why not; every answer of one that is let through
 * tells its cost.
 */
@Order(Ordered.HIGHEST_PRECEDENCE + 1) // Within what gives errors their code.
final class AdmissionInterceptor implements WebGraphQlInterceptor {

    private final Documents documents;
    private final Limits limits;

    AdmissionInterceptor(Documents documents, Limits limits) {
        this.documents = documents;
        this.limits = limits;
    }

    @Override
    public Mono<WebGraphQlResponse> intercept(WebGraphQlRequest request, Chain chain) {
        return Mono.deferContextual(context -> admit(request, chain, context));
    }

    private Mono<WebGraphQlResponse> admit(
            WebGraphQlRequest request, Chain chain, ContextView context) {
        return switch (documents.admit(request.getDocument())) {
            case Admission.Refused(List<GraphQLError> errors) ->
                    Mono.just(refusal(request, errors, null));
            case Admission.Admitted admitted ->
                    admitted.operation(request.getOperationName())
                            .map(operation -> admit(request, operation, chain, context))
                            .orElseGet(
                                    () ->
                                            Mono.just(
                                                    refusal(
                                                            request,
                                                            noSuchOperation(admitted),
                                                            null)));
        };
    }

    private Mono<WebGraphQlResponse> admit(
            WebGraphQlRequest request, OperationRules operation, Chain chain, ContextView context) {
        long cost = operation.cost().with(request.getVariables());
        ApiError fault = fault(request, operation, cost, context);
        if (fault != null) {
            return Mono.just(refusal(request, List.of(fault), cost));
        }
        context.<Allowance>getOrEmpty(Allowance.class).ifPresent(a -> a.charge(cost));
        return chain.next(request)
                .map(response -> withCost(response, cost))
                .timeout(limits.execution(), Mono.fromSupplier(() -> timedOut(request, cost)));
    }

    private @Nullable ApiError fault(
            WebGraphQlRequest request, OperationRules operation, long cost, ContextView context) {
        if (!StorableText.isAllOf(request.getVariables())) {
            return ApiError.of(
                    ErrorCode.BAD_USER_INPUT,
                    "A text in the variables holds a NUL or half of a surrogate pair");
        }
        if (cost > limits.cost()) {
            return ShapeLimits.over(
                    ErrorCode.QUERY_TOO_COMPLEX,
                    "Field values that the answer may hold",
                    cost,
                    limits.cost());
        }
        return missingScope(operation, context);
    }

    private static @Nullable ApiError missingScope(OperationRules operation, ContextView context) {
        if (operation.scopes().isEmpty()) {
            return null;
        }
        Caller caller = context.getOrDefault(Caller.class, null);
        for (Map.Entry<Scope, String> needed : operation.scopes().entrySet()) {
            Scope scope = needed.getKey();
            if (caller == null || !caller.may(scope)) {
                return ApiError.missingScope(needed.getValue(), scope);
            }
        }
        return null;
    }

    private static List<GraphQLError> noSuchOperation(Admission.Admitted admitted) {
        return List.of(
                ApiError.of(
                        ErrorCode.OPERATION_NOT_FOUND,
                        admitted.operations().isEmpty()
                                ? "The document has no operation"
                                : "operationName must name one of the document's operations"));
    }

    private WebGraphQlResponse timedOut(WebGraphQlRequest request, long cost) {
        Duration limit = limits.execution();
        return refusal(
                request,
                List.of(
                        ApiError.of(
                                ErrorCode.TIMEOUT,
                                "The execution took longer than %d ms and was given up"
                                        .formatted(limit.toMillis()),
                                Map.of("limitMilliseconds", limit.toMillis()))),
                cost);
    }

    private WebGraphQlResponse withCost(WebGraphQlResponse response, long cost) {
        Map<Object, Object> extensions = new HashMap<>(response.getExtensions());
        extensions.put("cost", costOf(cost));
        return response.transform(builder -> builder.extensions(extensions));
    }

    private Map<String, Long> costOf(long cost) {
        return Map.of("requested", cost, "limit", limits.cost());
    }

    private WebGraphQlResponse refusal(
            WebGraphQlRequest request, List<GraphQLError> errors, @Nullable Long cost) {
        ExecutionResult.Builder<?> result = ExecutionResult.newExecutionResult().addErrors(errors);
        if (cost != null) {
            result.addExtension("cost", costOf(cost));
        }
        return new WebGraphQlResponse(
                new DefaultExecutionGraphQlResponse(request.toExecutionInput(), result.build()));
    }
}
