package io.customergraph.webhook;

import io.customergraph.errors.ErrorAnswer;
import io.customergraph.errors.ErrorCode;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ServerWebExchange;

import reactor.core.publisher.Mono;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** What who pushes records is told. */
record PushAnswers(ErrorAnswer errors, WebhookAnswers webhooks) {

    private static final MediaType SCHEMA = MediaType.parseMediaType("application/schema+json");
    private static final String A_MINUTE = "60";

    Mono<Void> results(ServerWebExchange exchange, String answer) {
        return write(
                exchange,
                MediaType.APPLICATION_JSON,
                ByteBuffer.wrap(answer.getBytes(StandardCharsets.UTF_8)));
    }

    Mono<Void> schema(ServerWebExchange exchange, ByteBuffer file) {
        return write(exchange, SCHEMA, file);
    }

    private static Mono<Void> write(ServerWebExchange exchange, MediaType type, ByteBuffer body) {
        ServerHttpResponse response = exchange.getResponse();
        response.setStatusCode(HttpStatus.OK);
        response.getHeaders().setContentType(type);
        response.getHeaders().setContentLength(body.remaining());
        byte[] bytes = new byte[body.remaining()];
        body.duplicate().get(bytes);
        return response.writeWith(Mono.just(response.bufferFactory().wrap(bytes)));
    }

    /** Of one who proved to be genuine: what is wrong with the body as a whole. */
    Mono<Void> bad(ServerWebExchange exchange, String message) {
        return errors.write(exchange, HttpStatus.BAD_REQUEST, ErrorCode.BAD_REQUEST, message);
    }

    Mono<Void> notJson(ServerWebExchange exchange) {
        return errors.write(
                exchange,
                HttpStatus.UNSUPPORTED_MEDIA_TYPE,
                ErrorCode.UNSUPPORTED_MEDIA_TYPE,
                "Send the body as application/json");
    }

    Mono<Void> paused(ServerWebExchange exchange) {
        exchange.getResponse().getHeaders().set(HttpHeaders.RETRY_AFTER, A_MINUTE);
        return errors.write(
                exchange,
                HttpStatus.SERVICE_UNAVAILABLE,
                ErrorCode.UNAVAILABLE,
                "The connection is paused and nothing was taken; send it again later");
    }

    Mono<Void> onlyBy(ServerWebExchange exchange, HttpMethod method) {
        exchange.getResponse().getHeaders().set(HttpHeaders.ALLOW, method.name());
        return errors.write(
                exchange,
                HttpStatus.METHOD_NOT_ALLOWED,
                ErrorCode.METHOD_NOT_ALLOWED,
                "This address is for " + method.name());
    }

    Mono<Void> refused(ServerWebExchange exchange, Refused why) {
        return webhooks.refused(exchange, why);
    }
}
