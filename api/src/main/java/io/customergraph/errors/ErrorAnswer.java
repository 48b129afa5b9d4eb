package io.customergraph.errors;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;

import reactor.core.publisher.Mono;

import tools.jackson.databind.json.JsonMapper;

import java.util.List;
import java.util.Map;

/** Answers a request that fails before or outside GraphQL, in the shape of a GraphQL error. */
@Component
public final class ErrorAnswer {

    private final JsonMapper json;

    ErrorAnswer(JsonMapper json) {
        this.json = json;
    }

    /**
     * Ends the exchange with an error. Headers that the answer needs besides are set by the caller
     * before.
     */
    public Mono<Void> write(
            ServerWebExchange exchange, HttpStatusCode status, ErrorCode code, String message) {
        ServerHttpResponse response = exchange.getResponse();
        response.setStatusCode(status);
        HttpHeaders headers = response.getHeaders();
        headers.setContentType(MediaType.APPLICATION_JSON);
        byte[] body =
                json.writeValueAsBytes(
                        Map.of(
                                "errors",
                                List.of(
                                        Map.of(
                                                "message",
                                                message,
                                                "extensions",
                                                Map.of(
                                                        "code",
                                                        code.name(),
                                                        "correlationId",
                                                        correlationId(exchange))))));
        headers.setContentLength(body.length);
        if (HttpMethod.HEAD.equals(exchange.getRequest().getMethod())) {
            return response.setComplete();
        }
        DataBuffer buffer = response.bufferFactory().wrap(body);
        return response.writeWith(Mono.just(buffer));
    }

    static String correlationId(ServerWebExchange exchange) {
        return exchange.getAttributeOrDefault(CorrelationId.KEY, "none");
    }
}
