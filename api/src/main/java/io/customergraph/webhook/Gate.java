package io.customergraph.webhook;

import io.customergraph.integration.WebhookConfig;
import io.customergraph.integration.WebhookScheme;
import io.customergraph.webhook.signature.Incoming;
import io.customergraph.webhook.signature.Signatures;
import io.customergraph.webhook.signature.Verdict;

import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.ServerWebExchange;

import reactor.core.publisher.Mono;

import java.net.URI;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/**
 * Reads what is sent to a connection and lets the genuine in. For a connection that there is not,
 * and for a signature that is missing or wrong, the same work is done.
 */
final class Gate {

    private final Receivers receivers;
    private final Signatures signatures;
    private final Rates rates = new Rates();

    Gate(Receivers receivers, Signatures signatures) {
        this.receivers = receivers;
        this.signatures = signatures;
    }

    /**
     * A request that is not known to be genuine.
     *
     * @param address that the sender was given, without the query
     * @param scheme that is looked for where there is no such connection
     * @param share of what all requests may take together
     */
    record Caller(
            ServerWebExchange exchange,
            UUID connection,
            String address,
            WebhookScheme scheme,
            Budget.Share share) {}

    /** What is done with a genuine request. */
    @FunctionalInterface
    interface Passage {
        Mono<Void> enter(Receiver receiver, Incoming incoming, byte[] body);
    }

    /** Lets a request pass to where it is answered, or has it refused. */
    Mono<Void> pass(
            Caller caller,
            Optional<Receiver> receiver,
            Passage passage,
            Function<Refused, Mono<Void>> refusal) {
        HttpHeaders headers = caller.exchange.getRequest().getHeaders();
        String encoding = headers.getFirst(HttpHeaders.CONTENT_ENCODING);
        if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
            return refuseStranger(caller, Refused.ENCODED, refusal);
        }
        int most = receiver.map(Receiver::config).orElse(WebhookConfig.DEFAULT).maxBodyBytes();
        if (headers.getContentLength() > most) {
            return refuseStranger(caller, Refused.TOO_LARGE, refusal);
        }
        return body(caller.exchange.getRequest(), most, caller.share)
                .flatMap(body -> received(caller, receiver, body, passage, refusal))
                .onErrorResume(
                        DataBufferLimitException.class,
                        _ -> refuseStranger(caller, Refused.TOO_LARGE, refusal))
                .onErrorResume(OutOfMemory.class, _ -> refusal.apply(Refused.OVERLOADED));
    }

    boolean isWithinRate(ServerWebExchange exchange, Receiver receiver) {
        return rates.takeGenuine(
                exchange, receiver.connection(), receiver.config().requestsPerMinute());
    }

    /** Of requests that did not prove themselves, so many are told why. */
    Mono<Void> refuseStranger(
            ServerWebExchange exchange,
            UUID connection,
            Refused why,
            Function<Refused, Mono<Void>> refusal) {
        return refusal.apply(rates.takeOther(exchange, connection) ? why : Refused.TOO_MANY);
    }

    private Mono<Void> refuseStranger(
            Caller caller, Refused why, Function<Refused, Mono<Void>> refusal) {
        return refuseStranger(caller.exchange, caller.connection, why, refusal);
    }

    /** The bodies that are read at once take more memory than they may. */
    private static final class OutOfMemory extends RuntimeException {
        private static final long serialVersionUID = 1L;

        OutOfMemory() {
            super("", null, false, false);
        }
    }

    /** Counts what has come, whatever the request says of its length. */
    private static Mono<byte[]> body(ServerHttpRequest request, int most, Budget.Share share) {
        return DataBufferUtils.join(
                        request.getBody()
                                .doOnNext(
                                        part -> {
                                            if (!share.take(part.readableByteCount())) {
                                                DataBufferUtils.release(part);
                                                throw new OutOfMemory();
                                            }
                                        }),
                        most)
                .map(
                        joined -> {
                            byte[] bytes = new byte[joined.readableByteCount()];
                            joined.read(bytes);
                            DataBufferUtils.release(joined);
                            return bytes;
                        })
                .defaultIfEmpty(new byte[0]);
    }

    private Mono<Void> received(
            Caller caller,
            Optional<Receiver> receiver,
            byte[] body,
            Passage passage,
            Function<Refused, Mono<Void>> refusal) {
        ServerHttpRequest request = caller.exchange.getRequest();
        String query = request.getURI().getRawQuery();
        URI address = URI.create(caller.address + (query == null ? "" : "?" + query));
        Incoming incoming = new Incoming(address, request.getHeaders(), body);
        if (receiver.isEmpty()) {
            signatures.checkForNobody(caller.scheme, incoming);
            return refuseStranger(caller, Refused.UNKNOWN, refusal);
        }
        Verdict verdict = verdict(receiver.get(), incoming);
        return verdict == Verdict.GENUINE
                ? passage.enter(receiver.get(), incoming, body)
                : again(caller, receiver.get(), incoming)
                        .flatMap(
                                now ->
                                        now.isPresent()
                                                ? passage.enter(now.get(), incoming, body)
                                                : refuseStranger(
                                                        caller,
                                                        Refused.valueOf(verdict.name()),
                                                        refusal));
    }

    /** Who receives it by what is stored now, which may be newer than what was remembered. */
    private Mono<Optional<Receiver>> again(Caller caller, Receiver before, Incoming incoming) {
        return receivers
                .findAgain(caller.connection)
                .map(
                        now ->
                                now.filter(one -> !one.equals(before))
                                        .filter(one -> one.provider().equals(before.provider()))
                                        .filter(one -> verdict(one, incoming) == Verdict.GENUINE));
    }

    /** The body of a genuine request as it may be kept. */
    byte[] withoutSecret(Receiver receiver, Incoming incoming, byte[] body) {
        return signatures.withoutSecret(receiver.webhook().scheme(), incoming, body);
    }

    private Verdict verdict(Receiver receiver, Incoming incoming) {
        return signatures.check(
                receiver.webhook().scheme(), incoming, receiver.secrets(), receiver.config());
    }
}
