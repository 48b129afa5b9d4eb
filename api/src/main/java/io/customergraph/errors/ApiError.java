package io.customergraph.errors;

import graphql.ErrorClassification;
import graphql.GraphQLError;
import graphql.language.SourceLocation;

import io.customergraph.tenant.Scope;

import org.jspecify.annotations.Nullable;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A GraphQL error as a client sees it.
 *
 * @param details what stands in {@code extensions} beside the code: limits, scopes; never personal
 *     data
 */
public record ApiError(
        String code,
        String message,
        @Nullable List<SourceLocation> locations,
        @Nullable List<Object> path,
        Map<String, Object> details)
        implements GraphQLError {

    private static final long serialVersionUID = 1L;

    /** An error of the request as a whole. */
    public static ApiError of(ErrorCode code, String message) {
        return of(code, message, Map.of());
    }

    /** An error of the request as a whole, with details. */
    public static ApiError of(ErrorCode code, String message, Map<String, Object> details) {
        return new ApiError(code.name(), message, null, null, details);
    }

    /** What was asked for needs a scope that the caller does not have. */
    public static ApiError missingScope(String field, Scope scope) {
        return of(
                ErrorCode.FORBIDDEN,
                "%s needs the scope %s, which this key or token does not have"
                        .formatted(field, scope.code()),
                Map.of("field", field, "scope", scope.code()));
    }

    ApiError correlatedBy(String correlationId) {
        Map<String, Object> more = new LinkedHashMap<>(details);
        more.put("correlationId", correlationId);
        return new ApiError(code, message, locations, path, more);
    }

    @Override
    public String getMessage() {
        return message;
    }

    @Override
    @SuppressWarnings("NullAway") // The interface says nothing of null and takes it.
    public @Nullable List<SourceLocation> getLocations() {
        return locations;
    }

    @Override
    @SuppressWarnings("NullAway") // As above.
    public @Nullable List<Object> getPath() {
        return path;
    }

    @Override
    public ErrorClassification getErrorType() {
        return ErrorClassification.errorClassification(code);
    }

    @Override
    public Map<String, Object> getExtensions() {
        Map<String, Object> extensions = new LinkedHashMap<>();
        extensions.put("code", code);
        extensions.putAll(details);
        return extensions;
    }

    /** As the engine's, without a classification that would say the code a second time. */
    @Override
    public Map<String, Object> toSpecification() {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("message", message);
        if (locations != null) {
            answer.put("locations", locations.stream().map(ApiError::asMap).toList());
        }
        if (path != null) {
            answer.put("path", path);
        }
        answer.put("extensions", getExtensions());
        return answer;
    }

    private static Map<String, Object> asMap(SourceLocation location) {
        return Map.of("line", location.getLine(), "column", location.getColumn());
    }
}
