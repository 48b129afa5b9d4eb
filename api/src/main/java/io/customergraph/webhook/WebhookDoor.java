package io.customergraph.webhook;

import io.customergraph.delivery.BodyNotKept;
import io.customergraph.delivery.Inbox;
import io.customergraph.delivery.Overloaded;
import io.customergraph.delivery.Receipt;
import io.customergraph.integration.IntegrationProvider;
import io.customergraph.integration.ProviderCatalogue;
import io.customergraph.integration.ProviderWebhook;
import io.customergraph.integration.WebhookScheme;
import io.customergraph.integration.WebhookVerifications;
import io.customergraph.tenant.TenantContext;
import io.customergraph.webhook.signature.Incoming;

import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;

import reactor.core.publisher.Mono;

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
    private final Gate gate;
    private final Inbox inbox;
    private final WebhookAnswers answers;
    private final WebhookMeters meters;
    private final Budget budget;
    private final WebhookAddresses addresses;
    private final WebhookVerifications verifications;

    WebhookDoor(
            WebhookSettings settings,
            WebhookAddresses addresses,
            ProviderCatalogue catalogue,
            Receivers receivers,
            Gate gate,
            Inbox inbox,
            WebhookVerifications verifications,
            WebhookAnswers answers,
            WebhookMeters meters) {
        this.addresses = addresses;
        this.verifications = verifications;
        this.catalogue = catalogue;
        this.receivers = receivers;
        this.gate = gate;
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
            return gate.refuseStranger(
                    exchange,
                    target.connection(),
                    Refused.FORGED,
                    why -> refuse(exchange, target, receiver, why));
        }
        if (!gate.isWithinRate(exchange, asked.get())) {
            return refuse(exchange, target, asked, Refused.TOO_MANY);
        }
        return verifications
                .note(target.connection())
                .contextWrite(TenantContext.of(asked.get().tenant()))
                .then(Mono.defer(() -> answers.echo(exchange, echo.get())));
    }

    private Mono<Void> posted(
            ServerWebExchange exchange,
            WebhookTarget target,
            Optional<Receiver> receiver,
            Budget.Share share) {
        return gate.pass(
                new Gate.Caller(
                        exchange,
                        target.connection(),
                        addresses.of(target),
                        schemeOf(target),
                        share),
                receiver,
                (genuine, incoming, body) -> genuine(exchange, target, genuine, incoming, body),
                why -> refuse(exchange, target, receiver, why));
    }

    private Mono<Void> genuine(
            ServerWebExchange exchange,
            WebhookTarget target,
            Receiver receiver,
            Incoming incoming,
            byte[] body) {
        Optional<Receiver> known = Optional.of(receiver);
        if (!gate.isWithinRate(exchange, receiver)) {
            return refuse(exchange, target, known, Refused.TOO_MANY);
        }
        boolean isForm = incoming.isForm() && FORMS.contains(receiver.webhook().scheme());
        if (!isForm && incoming.json().isEmpty()) {
            return refuse(exchange, target, known, Refused.UNREADABLE);
        }
        String type = exchange.getRequest().getHeaders().getFirst(HttpHeaders.CONTENT_TYPE);
        byte[] kept = gate.withoutSecret(receiver, incoming, body);
        return inbox.accept(DeliveryReader.read(receiver, incoming, kept, type == null ? "" : type))
                .contextWrite(TenantContext.of(receiver.tenant()))
                .flatMap(
                        receipt -> {
                            if (receipt == Receipt.CLOSED) {
                                receivers.forget(target.connection());
                                return refuse(exchange, target, known, Refused.CLOSED);
                            }
                            meters.received(receiver.provider(), receipt);
                            return answers.kept(exchange);
                        })
                .onErrorResume(
                        Overloaded.class, _ -> refuse(exchange, target, known, Refused.OVERLOADED))
                .onErrorResume(
                        BodyNotKept.class, _ -> refuse(exchange, target, known, Refused.NOT_KEPT));
    }

    private WebhookScheme schemeOf(WebhookTarget target) {
        return catalogue
                .find(target.provider())
                .map(IntegrationProvider::webhook)
                .map(ProviderWebhook::scheme)
                .orElse(WebhookScheme.GITHUB_HMAC);
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
