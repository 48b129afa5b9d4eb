package io.customergraph.errors;

import io.customergraph.graphql.InvalidRequest;
import io.customergraph.graphql.MissingScope;
import io.netty.handler.timeout.TimeoutException;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.webflux.error.ErrorWebExceptionHandler;
import org.springframework.core.annotation.Order;
import org.springframework.core.codec.DecodingException;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.stereotype.Component;
import org.springframework.web.ErrorResponse;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.util.DisconnectedClientHelper;

import reactor.core.publisher.Mono;

/** Answers what no handler answered: wrong paths and bodies, and faults of the server. */
@Component
@Order(-2) // Before Spring Boot's own, which answers in another shape.
final class UncaughtErrors implements ErrorWebExceptionHandler {

    private final ErrorAnswer answer;

    UncaughtErrors(ErrorAnswer answer) {
        this.answer = answer;
    }

    @Override
    public Mono<Void> handle(ServerWebExchange exchange, Throwable thrown) {
        if (exchange.getResponse().isCommitted()
                || DisconnectedClientHelper.isClientDisconnectedException(thrown)) {
            return Mono.error(thrown);
        }
        if (causeOf(DataBufferLimitException.class, thrown) != null) {
            return write(exchange, HttpStatus.CONTENT_TOO_LARGE);
        }
        if (causeOf(TimeoutException.class, thrown) != null) {
            exchange.getResponse().getHeaders().set(HttpHeaders.CONNECTION, "close");
            return answer.write(
                    exchange,
                    HttpStatus.REQUEST_TIMEOUT,
                    ErrorCode.BAD_REQUEST,
                    "The body did not come in time");
        }
        if (causeOf(DecodingException.class, thrown) != null) {
            return write(exchange, HttpStatus.BAD_REQUEST);
        }
        if (thrown instanceof ErrorResponse response) {
            exchange.getResponse().getHeaders().addAll(response.getHeaders());
            if (!response.getStatusCode().is5xxServerError()) {
                return write(exchange, response.getStatusCode());
            }
        }
        return failed(exchange, thrown);
    }

    private Mono<Void> failed(ServerWebExchange exchange, Throwable thrown) {
        String correlationId = ErrorAnswer.correlationId(exchange);
        return switch (Failure.of(thrown)) {
            case Failure.Mendable(InvalidRequest request) ->
                    answer.write(
                            exchange,
                            HttpStatus.BAD_REQUEST,
                            ErrorCode.BAD_USER_INPUT,
                            Texts.of(request));
            case Failure.Forbidden(MissingScope missing) ->
                    answer.write(
                            exchange,
                            HttpStatus.FORBIDDEN,
                            ErrorCode.FORBIDDEN,
                            ApiError.missingScope(missing.what(), missing.scope()).message());
            case Failure.Unavailable(Throwable cause) -> {
                FailureLog.unavailable(correlationId, cause);
                exchange.getResponse().getHeaders().set("Retry-After", "1");
                yield answer.write(
                        exchange,
                        HttpStatus.SERVICE_UNAVAILABLE,
                        ErrorCode.UNAVAILABLE,
                        Texts.UNAVAILABLE);
            }
            case Failure.Unexpected(Throwable cause) -> {
                FailureLog.unexpected(correlationId, cause);
                yield answer.write(
                        exchange,
                        HttpStatus.INTERNAL_SERVER_ERROR,
                        ErrorCode.INTERNAL,
                        Texts.INTERNAL);
            }
        };
    }

    private Mono<Void> write(ServerWebExchange exchange, HttpStatusCode status) {
        return switch (status.value()) {
            case 404 -> answer.write(exchange, status, ErrorCode.NOT_FOUND, "No such path");
            case 405 ->
                    answer.write(
                            exchange,
                            status,
                            ErrorCode.METHOD_NOT_ALLOWED,
                            "This path does not take that method");
            case 406 ->
                    answer.write(
                            exchange,
                            status,
                            ErrorCode.NOT_ACCEPTABLE,
                            "The answer is application/graphql-response+json or application/json");
            case 413 ->
                    answer.write(
                            exchange, status, ErrorCode.BODY_TOO_LARGE, "The body is too large");
            case 415 ->
                    answer.write(
                            exchange,
                            status,
                            ErrorCode.UNSUPPORTED_MEDIA_TYPE,
                            "Send the body as application/json");
            default ->
                    answer.write(
                            exchange,
                            status,
                            ErrorCode.BAD_REQUEST,
                            "The body is not a GraphQL request: one JSON object with query, and"
                                    + " operationName, variables and extensions where needed");
        };
    }

    private static <T extends Throwable> @Nullable T causeOf(Class<T> type, Throwable thrown) {
        Throwable cause = thrown;
        for (int depth = 0; cause != null && depth < 8; depth++) {
            if (type.isInstance(cause)) {
                return type.cast(cause);
            }
            cause = cause.getCause();
        }
        return null;
    }
}
