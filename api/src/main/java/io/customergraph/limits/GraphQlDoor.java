package io.customergraph.limits;

import io.customergraph.errors.ErrorAnswer;
import io.customergraph.errors.ErrorCode;

import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;

import reactor.core.publisher.Mono;

/**
 * What stands before GraphQL's path: a POST of JSON, and not too much of it. A body that says its
 * length is refused before it is read; one that does not, or lies, when the bytes that have come
 * are too many (the codecs count them).
 *
 * <p>Only JSON is taken, so that a page of another origin cannot send a request by a plain form.
 */
@Order(0) // After security: who may not come in learns nothing of the door.
final class GraphQlDoor implements WebFilter {

    private final String path;
    private final long largestBody;
    private final ErrorAnswer answer;

    GraphQlDoor(String path, Limits limits, ErrorAnswer answer) {
        this.path = path;
        this.largestBody = limits.body().toBytes();
        this.answer = answer;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        ServerHttpRequest request = exchange.getRequest();
        HttpHeaders headers = request.getHeaders();
        if (headers.getContentLength() > largestBody) {
            return answer.write(
                    exchange,
                    HttpStatus.CONTENT_TOO_LARGE,
                    ErrorCode.BODY_TOO_LARGE,
                    "The body is larger than %d bytes".formatted(largestBody));
        }
        if (!request.getPath().pathWithinApplication().value().equals(path)
                || "websocket".equalsIgnoreCase(headers.getUpgrade())) {
            return chain.filter(exchange);
        }
        if (!HttpMethod.POST.equals(request.getMethod())) {
            exchange.getResponse().getHeaders().set(HttpHeaders.ALLOW, "POST");
            return answer.write(
                    exchange,
                    HttpStatus.METHOD_NOT_ALLOWED,
                    ErrorCode.METHOD_NOT_ALLOWED,
                    "GraphQL requests are sent by POST");
        }
        if (!isJson(headers.getFirst(HttpHeaders.CONTENT_TYPE))) {
            return answer.write(
                    exchange,
                    HttpStatus.UNSUPPORTED_MEDIA_TYPE,
                    ErrorCode.UNSUPPORTED_MEDIA_TYPE,
                    "Send the body as application/json");
        }
        if (!takesAnAnswer(headers.getFirst(HttpHeaders.ACCEPT))) {
            return answer.write(
                    exchange,
                    HttpStatus.NOT_ACCEPTABLE,
                    ErrorCode.NOT_ACCEPTABLE,
                    "The answer is application/graphql-response+json or application/json");
        }
        return chain.filter(exchange).then(Mono.defer(() -> answered(exchange)));
    }

    /** No body and a JSON null are no request at all to Spring, which then has no answer either. */
    private Mono<Void> answered(ServerWebExchange exchange) {
        return exchange.getResponse().isCommitted()
                ? Mono.empty()
                : answer.write(
                        exchange,
                        HttpStatus.BAD_REQUEST,
                        ErrorCode.BAD_REQUEST,
                        "The body is empty; send one JSON object with query");
    }

    /** Roughly; the handler looks closer and has an answer for all that is let through here. */
    private static boolean takesAnAnswer(@Nullable String accepted) {
        return accepted == null
                || accepted.contains("json")
                || accepted.contains("*/*")
                || accepted.contains("application/*")
                || accepted.contains("text/event-stream");
    }

    private static boolean isJson(@Nullable String contentType) {
        if (contentType == null) {
            return false;
        }
        int parameters = contentType.indexOf(';');
        String type = parameters < 0 ? contentType : contentType.substring(0, parameters);
        return type.strip().equalsIgnoreCase("application/json");
    }
}
