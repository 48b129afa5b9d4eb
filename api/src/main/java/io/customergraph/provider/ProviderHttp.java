package io.customergraph.provider;

import io.customergraph.change.AuditLog;
import io.customergraph.id.TimeOrderedId;
import io.customergraph.integration.LoggedCall;
import io.customergraph.provider.ProviderUnreachable.Problem;
import io.customergraph.tenant.TenantContext;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.reactor.circuitbreaker.operator.CircuitBreakerOperator;

import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.stereotype.Component;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.util.UriComponentsBuilder;

import reactor.core.publisher.Mono;
import reactor.util.context.ContextView;

import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/** The one way to a provider's API. */
@Component
public final class ProviderHttp {

    private final WebClient client;
    private final ProviderSettings settings;
    private final CallRecorder recorder;
    private final Circuits circuits = new Circuits();
    private final Patience patience;

    ProviderHttp(WebClient providerClient, ProviderSettings settings, CallRecorder recorder) {
        this.client = providerClient;
        this.settings = settings;
        this.recorder = recorder;
        this.patience =
                new Patience(settings.maxAttempts(), settings.longestWait(), Clock.systemUTC());
    }

    /**
     * Makes a call for the tenant of the context. It is repeated where that is safe and the
     * provider is busy or does not answer; each attempt is written down.
     *
     * @return what the provider answered, whatever its status; an error ({@link
     *     ProviderUnreachable}) where no answer came
     */
    public Mono<ProviderAnswer> send(ProviderCall call) {
        String other = settings.baseUrls().get(call.provider());
        ProviderCall actual = other == null ? call : call.at(other);
        URI uri = uri(actual);
        if (!uri.getScheme().equals("https") && !settings.allowLoopback()) {
            throw new IllegalArgumentException("A provider is called by https: " + call);
        }
        return attempt(actual, uri, 1);
    }

    private Mono<ProviderAnswer> attempt(ProviderCall call, URI uri, int number) {
        return once(call, uri, number)
                .flatMap(
                        answer ->
                                patience.afterAnswer(
                                                answer.status(),
                                                answer.headers().getFirst(HttpHeaders.RETRY_AFTER),
                                                call.isRepeatable(),
                                                number)
                                        .map(wait -> again(call, uri, number, wait))
                                        .orElseGet(() -> Mono.just(answer)))
                .onErrorResume(
                        ProviderUnreachable.class,
                        none ->
                                patience.afterFailure(none.problem(), call.isRepeatable(), number)
                                        .map(wait -> again(call, uri, number, wait))
                                        .orElseGet(() -> Mono.error(none)));
    }

    private Mono<ProviderAnswer> again(ProviderCall call, URI uri, int number, Duration wait) {
        return Mono.delay(wait).then(Mono.defer(() -> attempt(call, uri, number + 1)));
    }

    private Mono<ProviderAnswer> once(ProviderCall call, URI uri, int number) {
        return Mono.deferContextual(
                context -> {
                    Instant start = Instant.now();
                    long nanos = System.nanoTime();
                    return exchange(call, uri)
                            .onErrorMap(failure -> unreachable(call, failure))
                            .transformDeferred(
                                    CircuitBreakerOperator.of(circuits.of(call.connection())))
                            .onErrorMap(
                                    CallNotPermittedException.class,
                                    open ->
                                            new ProviderUnreachable(
                                                    call.provider(), Problem.CIRCUIT_OPEN))
                            .doOnSuccess(
                                    answer ->
                                            note(
                                                    context,
                                                    call,
                                                    uri,
                                                    number,
                                                    start,
                                                    nanos,
                                                    answer.status(),
                                                    null))
                            .doOnError(
                                    ProviderUnreachable.class,
                                    none ->
                                            note(
                                                    context,
                                                    call,
                                                    uri,
                                                    number,
                                                    start,
                                                    nanos,
                                                    null,
                                                    none.problem()));
                });
    }

    private Mono<ProviderAnswer> exchange(ProviderCall call, URI uri) {
        WebClient.RequestBodySpec request =
                client.method(HttpMethod.valueOf(call.method()))
                        .uri(uri)
                        .headers(headers -> call.headers().forEach(headers::set));
        String body = call.body();
        return (body == null ? request : request.bodyValue(body))
                .exchangeToMono(ProviderHttp::read)
                // The client's own limit counts silence; this one counts all of it.
                .timeout(settings.responseTimeout().plus(settings.connectTimeout()));
    }

    private static Mono<ProviderAnswer> read(ClientResponse response) {
        return response.bodyToMono(String.class)
                .defaultIfEmpty("")
                .map(
                        body ->
                                new ProviderAnswer(
                                        response.statusCode().value(),
                                        response.headers().asHttpHeaders(),
                                        body));
    }

    private void note(
            ContextView context,
            ProviderCall call,
            URI uri,
            int attempt,
            Instant start,
            long nanos,
            @Nullable Integer status,
            @Nullable Problem problem) {
        if (call.connection().equals(ProviderCall.OF_THE_PLATFORM)) {
            return;
        }
        recorder.record(
                TenantContext.tenant(context),
                new LoggedCall(
                        TimeOrderedId.next(),
                        call.connection(),
                        call.method(),
                        uri.getHost(),
                        call.path(),
                        status,
                        problem == null ? null : problem.code(),
                        attempt,
                        Duration.ofNanos(System.nanoTime() - nanos).toMillis(),
                        context.<String>getOrEmpty(AuditLog.CORRELATION_ID).orElse(null),
                        start));
    }

    private static URI uri(ProviderCall call) {
        UriComponentsBuilder address =
                UriComponentsBuilder.fromUriString(call.baseUrl()).path(call.path());
        AtomicInteger number = new AtomicInteger();
        Map<String, Object> values = new HashMap<>(call.pathValues());
        call.query()
                .forEach(
                        (name, value) -> {
                            String placeholder = "query" + number.getAndIncrement();
                            address.queryParam(name, "{" + placeholder + "}");
                            values.put(placeholder, value);
                        });
        return address.encode().buildAndExpand(values).toUri();
    }

    /** What went wrong, without the driver's message, which holds the address. */
    private static ProviderUnreachable unreachable(ProviderCall call, Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            @Nullable Problem problem =
                    switch (cause) {
                        case GuardedResolver.ForbiddenAddress forbidden ->
                                Problem.FORBIDDEN_ADDRESS;
                        case UnknownHostException unknown -> Problem.UNKNOWN_HOST;
                        case DataBufferLimitException large -> Problem.TOO_LARGE;
                        case TimeoutException late -> Problem.TIMEOUT;
                        case io.netty.handler.timeout.TimeoutException silent -> Problem.TIMEOUT;
                        case ConnectException refused -> Problem.CONNECTION;
                        default -> null;
                    };
            if (problem != null) {
                return new ProviderUnreachable(call.provider(), problem);
            }
        }
        return new ProviderUnreachable(call.provider(), Problem.CONNECTION);
    }
}
