package io.customergraph.provider.shopify;

import io.customergraph.integration.OpenConnection;
import io.customergraph.integration.WebhookConfig;
import io.customergraph.provider.ProviderUnreachable;
import io.customergraph.provider.WebhookRegistrar;
import io.customergraph.provider.json.JsonFields;
import io.customergraph.provider.shopify.AdminGraphQl.Question;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

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

    private static final int MOST_PAGES = 4;
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);

    private static final String LIST =
            """
            query ($after: String) { webhookSubscriptions(first: 250, after: $after) {
              nodes { topic uri } pageInfo { hasNextPage endCursor } } }
            """;

    private final AdminGraphQl api;

    ShopifySubscriptions(AdminGraphQl api) {
        this.api = api;
    }

    @Override
    public String provider() {
        return ShopifyDeliveries.PROVIDER;
    }

    @Override
    public Mono<Outcome> register(OpenConnection open, String address, List<String> wanted) {
        List<String> topics =
                TOPICS.stream().filter(topic -> WebhookConfig.takes(wanted, topic)).toList();
        return known(open, address, null, 1)
                .collectList()
                .flatMap(known -> create(open, address, topics, new HashSet<>(known)))
                .onErrorResume(
                        ShopifyRefused.class,
                        refused -> Mono.just(new Outcome.Failed(problem(refused))))
                .onErrorResume(
                        ProviderUnreachable.class,
                        none -> Mono.just(new Outcome.Failed(Problem.UNAVAILABLE)));
    }

    /** The names of topics that are delivered to the address already. */
    private Flux<String> known(
            OpenConnection open, String address, @Nullable String after, int page) {
        Map<String, Object> variables = new HashMap<>();
        variables.put("after", after == null ? "" : after);
        return ask(open, Question.reading(LIST, after == null ? Map.of() : variables))
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
                                            known(open, address, info.text("endCursor"), page + 1));
                        });
    }

    private Mono<Outcome> create(
            OpenConnection open, String address, List<String> topics, Set<String> known) {
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
        return ask(
                        open,
                        new Question(
                                document,
                                Map.of("to", Map.of("uri", address, "format", "JSON")),
                                false))
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

    private Mono<JsonFields> ask(OpenConnection open, Question question) {
        return api.ask(open, question, LONGEST_WAIT).map(AdminGraphQl.Answer::data);
    }

    private static Problem problem(ShopifyRefused refused) {
        return switch (refused.reason()) {
            case UNAUTHORIZED -> Problem.UNAUTHORIZED;
            case THROTTLED -> Problem.RATE_LIMITED;
            case TOO_MUCH, NOT_THERE, BROKEN, UNEXPECTED -> Problem.UNAVAILABLE;
        };
    }
}
