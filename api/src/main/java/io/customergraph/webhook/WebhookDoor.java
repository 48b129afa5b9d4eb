package io.customergraph.webhook;

import io.customergraph.delivery.BodyNotKept;
import io.customergraph.delivery.Inbox;
import io.customergraph.delivery.Overloaded;
import io.customergraph.delivery.Receipt;
import io.customergraph.integration.IntegrationProvider;
import io.customergraph.integration.ProviderCatalogue;
import io.customergraph.integration.ProviderWebhook;
import io.customergraph.integration.WebhookConfig;
import io.customergraph.integration.WebhookScheme;
import io.customergraph.integration.WebhookVerifications;
import io.customergraph.tenant.TenantContext;
import io.customergraph.webhook.signature.Incoming;
import io.customergraph.webhook.signature.Signatures;
import io.customergraph.webhook.signature.Verdict;

import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.Order;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;

import reactor.core.publisher.Mono;

import java.net.URI;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * Takes what providers deliver. A connection that is unknown, ended, another provider's, and a
 * signature that is missing or wrong have one answer, which takes the same work to come to.
 */
@Order(-1) // Before the door of GraphQL, whose limit on bodies is another.
final class WebhookDoor implements WebFilter {

    /** What signs forms too. */
    private static final Set<WebhookScheme> FORMS =
            EnumSet.of(WebhookScheme.TWILIO_HMAC, WebhookScheme.PAYTABS_HMAC);

    private final ProviderCatalogue catalogue;
    private final Receivers receivers;
    private final Signatures signatures;
    private final Inbox inbox;
    private final WebhookAnswers answers;
    private final WebhookMeters meters;
    private final Budget budget;
    private final Rates rates = new Rates();
    private final WebhookAddresses addresses;
    private final WebhookVerifications verifications;

    WebhookDoor(
            WebhookSettings settings,
            WebhookAddresses addresses,
            ProviderCatalogue catalogue,
            Receivers receivers,
            Signatures signatures,
            Inbox inbox,
            WebhookVerifications verifications,
            WebhookAnswers answers,
            WebhookMeters meters) {
        this.addresses = addresses;
        this.verifications = verifications;
        this.catalogue = catalogue;
        this.receivers = receivers;
        this.signatures = signatures;
        this.inbox = inbox;
        this.answers = answers;
        this.meters = meters;
        this.budget = new Budget(settings.atOnce(), settings.bytesAtOnce().toBytes());
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        String path = exchange.getRequest().getPath().pathWithinApplication().value();
        if (!WebhookTarget.isBelowRoot(path)) {
            return chain.filter(exchange);
        }
        WebhookTarget target = WebhookTarget.of(path);
        return Mono.using(
                budget::share, share -> admitted(exchange, target, share), Budget.Share::close);
    }

    private Mono<Void> admitted(
            ServerWebExchange exchange, @Nullable WebhookTarget target, Budget.Share share) {
        HttpMethod method = exchange.getRequest().getMethod();
        if (!method.equals(HttpMethod.POST) && !method.equals(HttpMethod.GET)) {
            return refuse(exchange, target, Optional.empty(), Refused.METHOD);
        }
        if (budget.isSpent()) {
            return refuse(exchange, target, Optional.empty(), Refused.OVERLOADED);
        }
        if (target == null) {
            return refuse(exchange, null, Optional.empty(), Refused.UNKNOWN);
        }
        return receivers
                .find(target.connection())
                .flatMap(
                        found -> {
                            Optional<Receiver> receiver =
                                    found.filter(one -> one.provider().equals(target.provider()));
                            return method.equals(HttpMethod.GET)
                                    ? challenged(exchange, target, receiver)
                                    : posted(exchange, target, receiver, share);
                        });
    }

    /** The provider looks whether the address is its owner's: whoever set it up knows the token. */
    private Mono<Void> challenged(
            ServerWebExchange exchange, WebhookTarget target, Optional<Receiver> receiver) {
        Optional<Receiver> asked = receiver.filter(one -> one.webhook().hasChallenge());
        Optional<String> echo =
                Challenge.answer(
                        asked.map(Receiver::verifyTokens), exchange.getRequest().getQueryParams());
        if (asked.isEmpty() || echo.isEmpty()) {
            return refuseStranger(exchange, target, receiver, Refused.FORGED);
        }
        if (!isWithinRate(exchange, asked.get())) {
            return refuse(exchange, target, asked, Refused.TOO_MANY);
        }
        return verifications
                .note(target.connection())
                .contextWrite(TenantContext.of(asked.get().tenant()))
                .then(Mono.defer(() -> answers.echo(exchange, echo.get())));
    }

    private boolean isWithinRate(ServerWebExchange exchange, Receiver receiver) {
        return rates.takeGenuine(
                exchange, receiver.connection(), receiver.config().requestsPerMinute());
    }

    private Mono<Void> posted(
            ServerWebExchange exchange,
            WebhookTarget target,
            Optional<Receiver> receiver,
            Budget.Share share) {
        HttpHeaders headers = exchange.getRequest().getHeaders();
        String encoding = headers.getFirst(HttpHeaders.CONTENT_ENCODING);
        if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
            return refuseStranger(exchange, target, receiver, Refused.ENCODED);
        }
        int most = receiver.map(Receiver::config).orElse(WebhookConfig.DEFAULT).maxBodyBytes();
        if (headers.getContentLength() > most) {
            return refuseStranger(exchange, target, receiver, Refused.TOO_LARGE);
        }
        return body(exchange.getRequest(), most, share)
                .flatMap(body -> received(exchange, target, receiver, body))
                .onErrorResume(
                        DataBufferLimitException.class,
                        _ -> refuseStranger(exchange, target, receiver, Refused.TOO_LARGE))
                .onErrorResume(
                        thrown -> thrown instanceof Overloaded || thrown instanceof OutOfMemory,
                        _ -> refuse(exchange, target, receiver, Refused.OVERLOADED))
                .onErrorResume(
                        BodyNotKept.class,
                        _ -> refuse(exchange, target, receiver, Refused.NOT_KEPT));
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
            ServerWebExchange exchange,
            WebhookTarget target,
            Optional<Receiver> receiver,
            byte[] body) {
        ServerHttpRequest request = exchange.getRequest();
        Incoming incoming = new Incoming(address(request, target), request.getHeaders(), body);
        if (receiver.isEmpty()) {
            signatures.checkForNobody(schemeOf(target), incoming);
            return refuseStranger(exchange, target, receiver, Refused.UNKNOWN);
        }
        Verdict verdict = verdict(receiver.get(), incoming);
        return verdict == Verdict.GENUINE
                ? genuine(exchange, target, receiver.get(), incoming, body)
                : receivers
                        .findAgain(target.connection())
                        .flatMap(
                                now ->
                                        now.filter(one -> !one.equals(receiver.get()))
                                                .filter(
                                                        one ->
                                                                verdict(one, incoming)
                                                                        == Verdict.GENUINE)
                                                .map(
                                                        one ->
                                                                genuine(
                                                                        exchange, target, one,
                                                                        incoming, body))
                                                .orElseGet(
                                                        () ->
                                                                refuseStranger(
                                                                        exchange,
                                                                        target,
                                                                        receiver,
                                                                        Refused.valueOf(
                                                                                verdict.name()))));
    }

    private Verdict verdict(Receiver receiver, Incoming incoming) {
        return signatures.check(
                receiver.webhook().scheme(), incoming, receiver.secrets(), receiver.config());
    }

    private Mono<Void> genuine(
            ServerWebExchange exchange,
            WebhookTarget target,
            Receiver receiver,
            Incoming incoming,
            byte[] body) {
        if (!isWithinRate(exchange, receiver)) {
            return refuse(exchange, target, Optional.of(receiver), Refused.TOO_MANY);
        }
        boolean isForm = incoming.isForm() && FORMS.contains(receiver.webhook().scheme());
        if (!isForm && incoming.json().isEmpty()) {
            return refuse(exchange, target, Optional.of(receiver), Refused.UNREADABLE);
        }
        String type = exchange.getRequest().getHeaders().getFirst(HttpHeaders.CONTENT_TYPE);
        return inbox.accept(DeliveryReader.read(receiver, incoming, body, type == null ? "" : type))
                .contextWrite(TenantContext.of(receiver.tenant()))
                .flatMap(
                        receipt -> {
                            if (receipt == Receipt.CLOSED) {
                                receivers.forget(target.connection());
                                return refuse(
                                        exchange, target, Optional.of(receiver), Refused.CLOSED);
                            }
                            meters.received(receiver.provider(), receipt);
                            return answers.kept(exchange);
                        });
    }

    private URI address(ServerHttpRequest request, WebhookTarget target) {
        String query = request.getURI().getRawQuery();
        return URI.create(addresses.of(target) + (query == null ? "" : "?" + query));
    }

    private WebhookScheme schemeOf(WebhookTarget target) {
        return catalogue
                .find(target.provider())
                .map(IntegrationProvider::webhook)
                .map(ProviderWebhook::scheme)
                .orElse(WebhookScheme.GITHUB_HMAC);
    }

    /** Of requests that did not prove themselves, so many are told why. */
    private Mono<Void> refuseStranger(
            ServerWebExchange exchange,
            WebhookTarget target,
            Optional<Receiver> receiver,
            Refused why) {
        return refuse(
                exchange,
                target,
                receiver,
                rates.takeOther(exchange, target.connection()) ? why : Refused.TOO_MANY);
    }

    private Mono<Void> refuse(
            ServerWebExchange exchange,
            @Nullable WebhookTarget target,
            Optional<Receiver> receiver,
            Refused why) {
        boolean isKnown = target != null && catalogue.find(target.provider()).isPresent();
        meters.refused(target != null && isKnown ? target.provider() : "unknown", receiver, why);
        return answers.refused(exchange, why);
    }
}
