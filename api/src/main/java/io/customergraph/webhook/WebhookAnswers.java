package io.customergraph.webhook;

import io.customergraph.errors.ErrorAnswer;
import io.customergraph.errors.ErrorCode;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ServerWebExchange;

import reactor.core.publisher.Mono;

import java.nio.charset.StandardCharsets;

/** What a provider is told. */
record WebhookAnswers(ErrorAnswer errors) {

    /** It is kept, now or since before. */
    Mono<Void> kept(ServerWebExchange exchange) {
        exchange.getResponse().setStatusCode(HttpStatus.OK);
        exchange.getResponse().getHeaders().setContentLength(0);
        return exchange.getResponse().setComplete();
    }

    Mono<Void> echo(ServerWebExchange exchange, String challenge) {
        ServerHttpResponse response = exchange.getResponse();
        response.setStatusCode(HttpStatus.OK);
        response.getHeaders().setContentType(MediaType.TEXT_PLAIN);
        byte[] body = challenge.getBytes(StandardCharsets.US_ASCII);
        response.getHeaders().setContentLength(body.length);
        return response.writeWith(Mono.just(response.bufferFactory().wrap(body)));
    }

    /** One and the same for all that nobody is told more about. */
    Mono<Void> refused(ServerWebExchange exchange, Refused why) {
        HttpHeaders headers = exchange.getResponse().getHeaders();
        return switch (why) {
            case UNKNOWN, OTHER_PROVIDER, UNSIGNED, FORGED, STALE, CLOSED -> {
                headers.set(HttpHeaders.WWW_AUTHENTICATE, "Signature realm=\"customergraph\"");
                yield errors.write(
                        exchange,
                        HttpStatus.UNAUTHORIZED,
                        ErrorCode.UNAUTHENTICATED,
                        "There is no such webhook, or the request is not signed as its provider"
                                + " signs");
            }
            case TOO_LARGE ->
                    errors.write(
                            exchange,
                            HttpStatus.CONTENT_TOO_LARGE,
                            ErrorCode.BODY_TOO_LARGE,
                            "The body is larger than this webhook takes");
            case ENCODED ->
                    errors.write(
                            exchange,
                            HttpStatus.UNSUPPORTED_MEDIA_TYPE,
                            ErrorCode.UNSUPPORTED_MEDIA_TYPE,
                            "Send the body as it is, without Content-Encoding");
            case UNREADABLE ->
                    errors.write(
                            exchange,
                            HttpStatus.BAD_REQUEST,
                            ErrorCode.BAD_REQUEST,
                            "The body is not JSON in UTF-8, or is nested too deeply");
            case TOO_MANY ->
                    errors.write(
                            exchange,
                            HttpStatus.TOO_MANY_REQUESTS,
                            ErrorCode.RATE_LIMITED,
                            "More deliveries than this webhook takes; Retry-After says when to go"
                                    + " on");
            case OVERLOADED -> {
                headers.set(HttpHeaders.RETRY_AFTER, "1");
                yield errors.write(
                        exchange,
                        HttpStatus.SERVICE_UNAVAILABLE,
                        ErrorCode.UNAVAILABLE,
                        "Too many deliveries are on their way; send it again shortly");
            }
            case NOT_KEPT -> {
                headers.set(HttpHeaders.RETRY_AFTER, "5");
                yield errors.write(
                        exchange,
                        HttpStatus.SERVICE_UNAVAILABLE,
                        ErrorCode.UNAVAILABLE,
                        "The delivery was not kept and was not accepted; send it again");
            }
            case METHOD -> {
                headers.set(HttpHeaders.ALLOW, "GET, POST");
                yield errors.write(
                        exchange,
                        HttpStatus.METHOD_NOT_ALLOWED,
                        ErrorCode.METHOD_NOT_ALLOWED,
                        "Webhooks are sent by POST");
            }
        };
    }
}
