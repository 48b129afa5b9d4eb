package io.customergraph.provider.shopify;

import io.customergraph.integration.OpenConnection;
import io.customergraph.integration.WebhookConfig;
import io.customergraph.provider.ProviderAnswer;
import io.customergraph.provider.ProviderCall;
import io.customergraph.provider.ProviderHttp;
import io.customergraph.provider.ProviderUnreachable;
import io.customergraph.provider.WebhookRegistrar;
import io.customergraph.provider.json.JsonFields;
import io.customergraph.secret.Secret;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import tools.jackson.databind.json.JsonMapper;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Subscribes to Shopify's webhooks through the Admin GraphQL API: one call lists what there is, one
 * makes all that is missing. The privacy topics are not subscribed to: they are set in the app.
 */
@Component
public final class ShopifySubscriptions implements WebhookRegistrar {

    /** What {@link ShopifyDeliveries} understands. */
    static final List<String> TOPICS =
            List.of(
                    "orders/create",
                    "orders/updated",
                    "orders/paid",
                    "orders/cancelled",
                    "orders/fulfilled",
                    "orders/partially_fulfilled",
                    "orders/delete",
                    "refunds/create",
                    "customers/create",
                    "customers/update",
                    "customers/enable",
                    "customers/disable",
                    "customers/delete",
                    "customers/merge",
                    "products/create",
                    "products/update",
                    "products/delete",
                    "app/uninstalled");

    private static final String VERSION = "2026-07";
    private static final int MOST_PAGES = 4;
    private static final int MOST_ATTEMPTS = 3;
    private static final double LONGEST_WAIT = 5;

    private static final String LIST =
            """
            query ($after: String) { webhookSubscriptions(first: 250, after: $after) {
              nodes { topic uri } pageInfo { hasNextPage endCursor } } }
            """;

    private final ProviderHttp http;
    private final JsonMapper json;

    ShopifySubscriptions(ProviderHttp http, JsonMapper json) {
        this.http = http;
        this.json = json;
    }

    @Override
    public String provider() {
        return ShopifyDeliveries.PROVIDER;
    }

    /** What Shopify did not do. */
    private static final class NotDone extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final Problem problem;
        private final double wait;

        NotDone(Problem problem, double wait) {
            super(problem.name(), null, false, false);
            this.problem = problem;
            this.wait = wait;
        }
    }

    @Override
    public Mono<Outcome> register(OpenConnection open, String address, List<String> wanted) {
        Secret token = open.secret("access_token").orElse(null);
        if (token == null) {
            return Mono.just(new Outcome.Failed(Problem.UNAUTHORIZED));
        }
        List<String> topics =
                TOPICS.stream().filter(topic -> WebhookConfig.takes(wanted, topic)).toList();
        Calls calls = new Calls(open, token);
        return known(calls, address, null, 1)
                .collectList()
                .flatMap(known -> create(calls, address, topics, new HashSet<>(known)))
                .onErrorResume(
                        NotDone.class, failed -> Mono.just(new Outcome.Failed(failed.problem)))
                .onErrorResume(
                        ProviderUnreachable.class,
                        none -> Mono.just(new Outcome.Failed(Problem.UNAVAILABLE)));
    }

    /** The names of topics that are delivered to the address already. */
    private Flux<String> known(Calls calls, String address, @Nullable String after, int page) {
        Map<String, Object> variables = new HashMap<>();
        variables.put("after", after == null ? "" : after);
        return calls.ask(LIST, after == null ? Map.of() : variables)
                .flatMapMany(
                        data -> {
                            JsonFields list = data.object("webhookSubscriptions");
                            List<String> names = new ArrayList<>();
                            for (JsonFields node : list.objects("nodes")) {
                                String topic = node.text("topic");
                                if (topic != null && address.equals(node.text("uri"))) {
                                    names.add(topic);
                                }
                            }
                            JsonFields info = list.object("pageInfo");
                            boolean isLast = page == MOST_PAGES || !info.isTrue("hasNextPage");
                            Flux<String> here = Flux.fromIterable(names);
                            return isLast
                                    ? here
                                    : here.concatWith(
                                            known(
                                                    calls,
                                                    address,
                                                    info.text("endCursor"),
                                                    page + 1));
                        });
    }

    private Mono<Outcome> create(
            Calls calls, String address, List<String> topics, Set<String> known) {
        List<String> missing =
                topics.stream().filter(topic -> !known.contains(name(topic))).toList();
        if (missing.isEmpty()) {
            return Mono.just(new Outcome.Done(topics, List.of()));
        }
        StringBuilder mutation = new StringBuilder("mutation ($to: WebhookSubscriptionInput!) {");
        for (int n = 0; n < missing.size(); n++) {
            mutation.append(" t").append(n).append(": webhookSubscriptionCreate(topic: ");
            mutation.append(name(missing.get(n)));
            mutation.append(", webhookSubscription: $to) {");
            mutation.append(" webhookSubscription { id } userErrors { field message } }");
        }
        String document = mutation.append(" }").toString();
        return calls.ask(document, Map.of("to", Map.of("uri", address, "format", "JSON")))
                .map(data -> done(topics, missing, data));
    }

    private static Outcome done(List<String> topics, List<String> missing, JsonFields data) {
        List<String> refused = new ArrayList<>();
        for (int n = 0; n < missing.size(); n++) {
            if (!data.object("t" + n).object("webhookSubscription").has("id")) {
                refused.add(missing.get(n));
            }
        }
        return new Outcome.Done(
                topics.stream().filter(topic -> !refused.contains(topic)).toList(), refused);
    }

    /** Shopify's name of a topic in GraphQL. */
    private static String name(String topic) {
        return topic.replace('/', '_').toUpperCase(Locale.ROOT);
    }

    /** Calls of one connection. */
    private final class Calls {

        private final OpenConnection open;
        private final Secret token;

        Calls(OpenConnection open, Secret token) {
            this.open = open;
            this.token = token;
        }

        /** What a document gives; a throttled one is asked again, since none of it was done. */
        Mono<JsonFields> ask(String document, Map<String, Object> variables) {
            ProviderCall call =
                    ProviderCall.of(
                                    open.connection().id(),
                                    provider(),
                                    "POST",
                                    open.baseUrl(),
                                    "/admin/api/{version}/graphql.json")
                            .pathValue("version", VERSION)
                            .header("Accept", "application/json")
                            .header("X-Shopify-Access-Token", token.reveal())
                            .body(
                                    "application/json",
                                    json.writeValueAsString(
                                            Map.of("query", document, "variables", variables)));
            return ask(call, 1);
        }

        private Mono<JsonFields> ask(ProviderCall call, int attempt) {
            return http.send(call)
                    .map(ShopifySubscriptions::data)
                    .onErrorResume(
                            NotDone.class,
                            failed ->
                                    failed.problem == Problem.RATE_LIMITED
                                                    && attempt < MOST_ATTEMPTS
                                                    && failed.wait <= LONGEST_WAIT
                                            ? Mono.delay(
                                                            Duration.ofMillis(
                                                                    (long) (failed.wait * 1000)))
                                                    .then(Mono.defer(() -> ask(call, attempt + 1)))
                                            : Mono.error(failed));
        }
    }

    private static JsonFields data(ProviderAnswer answer) {
        if (answer.isUnauthorized()) {
            throw new NotDone(Problem.UNAUTHORIZED, 0);
        }
        if (answer.status() == 429) {
            throw new NotDone(Problem.RATE_LIMITED, LONGEST_WAIT + 1);
        }
        JsonFields body = answer.isSuccess() ? JsonFields.of(answer.body()).orElse(null) : null;
        if (body == null) {
            throw new NotDone(Problem.UNAVAILABLE, 0);
        }
        for (JsonFields error : body.objects("errors")) {
            String code = error.object("extensions").text("code");
            if ("THROTTLED".equals(code)) {
                throw new NotDone(Problem.RATE_LIMITED, wait(body));
            }
            throw new NotDone(
                    "ACCESS_DENIED".equals(code) ? Problem.UNAUTHORIZED : Problem.UNAVAILABLE, 0);
        }
        return body.object("data");
    }

    /** Until the shop's bucket has refilled to what the query costs, in seconds. */
    private static double wait(JsonFields body) {
        JsonFields cost = body.object("extensions").object("cost");
        JsonFields bucket = cost.object("throttleStatus");
        double missing = number(cost, "requestedQueryCost") - number(bucket, "currentlyAvailable");
        double rate = number(bucket, "restoreRate");
        return rate <= 0 ? 1 : Math.max(missing / rate, 0.1);
    }

    private static double number(JsonFields of, String field) {
        return of.object().path(field).isNumber() ? of.object().path(field).asDouble() : 0;
    }
}
