package io.customergraph.webhook;

import io.customergraph.delivery.Receipt;
import io.customergraph.id.Sha256;
import io.customergraph.integration.IntegrationProvider;
import io.customergraph.integration.WebhookScheme;
import io.customergraph.push.Push;
import io.customergraph.push.PushAnswer;
import io.customergraph.push.PushBody;
import io.customergraph.push.PushReceipt;
import io.customergraph.push.PushResult;
import io.customergraph.push.PushSchema;
import io.customergraph.push.PushSource;
import io.customergraph.push.Pushed;
import io.customergraph.push.PushedRecords;
import io.customergraph.push.Pushes;
import io.customergraph.tenant.TenantContext;

import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.Order;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.transaction.TransactionException;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;

import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/**
 * Takes records that systems of tenants push, and answers when they are committed. Who may push is
 * told as for webhooks, and with the same answer for everything that is wrong with the sender.
 */
@Order(-1) // Before the door of GraphQL, whose limit on bodies is another.
final class PushDoor implements WebFilter {

    private static final int LONGEST_ID = 255;

    private final Receivers receivers;
    private final Gate gate;
    private final Budget budget;
    private final Semaphore places;
    private final WebhookAddresses addresses;
    private final PushSchema schema;
    private final Pushes pushes;
    private final PushAnswers answers;
    private final WebhookMeters meters;

    PushDoor(
            Receivers receivers,
            Gate gate,
            Budget budget,
            int atOnce,
            WebhookAddresses addresses,
            PushSchema schema,
            Pushes pushes,
            PushAnswers answers,
            WebhookMeters meters) {
        this.receivers = receivers;
        this.gate = gate;
        this.budget = budget;
        this.places = new Semaphore(atOnce);
        this.addresses = addresses;
        this.schema = schema;
        this.pushes = pushes;
        this.answers = answers;
        this.meters = meters;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        ServerHttpRequest request = exchange.getRequest();
        String path = request.getPath().pathWithinApplication().value();
        if (!PushTarget.isBelowRoot(path)) {
            return chain.filter(exchange);
        }
        if (path.equals(PushTarget.SCHEMA)) {
            return request.getMethod().equals(HttpMethod.GET)
                    ? answers.schema(exchange, schema.file())
                    : answers.onlyBy(exchange, HttpMethod.GET);
        }
        if (!request.getMethod().equals(HttpMethod.POST)) {
            return answers.onlyBy(exchange, HttpMethod.POST);
        }
        PushTarget target = PushTarget.of(path);
        return Mono.using(
                budget::share, share -> posted(exchange, target, share), Budget.Share::close);
    }

    private Mono<Void> posted(
            ServerWebExchange exchange, @Nullable PushTarget target, Budget.Share share) {
        if (budget.isSpent()) {
            return refuse(exchange, Optional.empty(), Refused.OVERLOADED);
        }
        if (target == null) {
            return refuse(exchange, Optional.empty(), Refused.UNKNOWN);
        }
        return receivers
                .find(target.connection())
                .flatMap(
                        found ->
                                gate.pass(
                                        new Gate.Caller(
                                                exchange,
                                                target.connection(),
                                                addresses.of(
                                                        IntegrationProvider.CUSTOM,
                                                        target.connection()),
                                                WebhookScheme.STANDARD_WEBHOOKS,
                                                share),
                                        ours(found),
                                        (receiver, incoming, body) ->
                                                genuine(
                                                        exchange,
                                                        target,
                                                        receiver,
                                                        incoming.header("webhook-id").orElse(""),
                                                        body),
                                        why -> refuse(exchange, ours(found), why)));
    }

    private static Optional<Receiver> ours(Optional<Receiver> found) {
        return found.filter(one -> one.provider().equals(IntegrationProvider.CUSTOM));
    }

    private Mono<Void> genuine(
            ServerWebExchange exchange,
            PushTarget target,
            Receiver receiver,
            String id,
            byte[] body) {
        if (!gate.isWithinRate(exchange, receiver)) {
            return refuse(exchange, Optional.of(receiver), Refused.TOO_MANY);
        }
        if (!isJson(exchange.getRequest().getHeaders().getFirst(HttpHeaders.CONTENT_TYPE))) {
            return answers.notJson(exchange);
        }
        if (id.isBlank() || id.length() > LONGEST_ID) {
            return answers.bad(exchange, "webhook-id has 1 to %d characters".formatted(LONGEST_ID));
        }
        if (!places.tryAcquire()) {
            return refuse(exchange, Optional.of(receiver), Refused.OVERLOADED);
        }
        return Mono.using(
                () -> places,
                _ ->
                        Mono.fromCallable(() -> read(receiver, body))
                                .subscribeOn(Schedulers.parallel())
                                .flatMap(read -> take(exchange, target, receiver, id, body, read))
                                .onErrorResume(
                                        PushBody.Unreadable.class,
                                        why ->
                                                answers.bad(
                                                        exchange,
                                                        Objects.requireNonNullElse(
                                                                why.getMessage(), "")))
                                .onErrorResume(
                                        failure ->
                                                failure instanceof DataAccessException
                                                        || failure instanceof TransactionException,
                                        _ ->
                                                refuse(
                                                        exchange,
                                                        Optional.of(receiver),
                                                        Refused.NOT_KEPT)),
                Semaphore::release);
    }

    private static boolean isJson(@Nullable String type) {
        return type != null
                && type.split(";", 2)[0].strip().equalsIgnoreCase(MediaType.APPLICATION_JSON_VALUE);
    }

    private List<Pushed> read(Receiver receiver, byte[] body) throws PushBody.Unreadable {
        return PushBody.read(
                body, new PushedRecords(schema, PushSource.of(receiver.open().connection())));
    }

    private Mono<Void> take(
            ServerWebExchange exchange,
            PushTarget target,
            Receiver receiver,
            String id,
            byte[] body,
            List<Pushed> read) {
        return pushes.take(
                        new Push(receiver.connection(), id, Sha256.hex(body), Pushed.records(read)),
                        resolutions -> PushAnswer.of(PushResult.of(read, resolutions)))
                .contextWrite(TenantContext.of(receiver.tenant()))
                .flatMap(receipt -> answer(exchange, target, receiver, receipt));
    }

    private Mono<Void> answer(
            ServerWebExchange exchange, PushTarget target, Receiver receiver, PushReceipt receipt) {
        return switch (receipt) {
            case PushReceipt.Answered(String answer, boolean isRepeated) -> {
                meters.received(
                        receiver.provider(), isRepeated ? Receipt.REPEATED : Receipt.ACCEPTED);
                yield answers.results(exchange, answer);
            }
            case PushReceipt.OtherBody() ->
                    answers.bad(
                            exchange,
                            "This webhook-id came before with another body; give each body its own"
                                    + " id");
            case PushReceipt.Paused() -> answers.paused(exchange);
            case PushReceipt.Closed() -> {
                receivers.forget(target.connection());
                yield refuse(exchange, Optional.of(receiver), Refused.CLOSED);
            }
        };
    }

    private Mono<Void> refuse(
            ServerWebExchange exchange, Optional<Receiver> receiver, Refused why) {
        meters.refused(IntegrationProvider.CUSTOM, receiver, why);
        return answers.refused(exchange, why);
    }
}
