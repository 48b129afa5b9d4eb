package io.customergraph.provider.shopify;

import io.customergraph.integration.OpenConnection;
import io.customergraph.provider.ProviderAnswer;
import io.customergraph.provider.ProviderCall;
import io.customergraph.provider.ProviderHttp;
import io.customergraph.provider.check.ProviderCheck;
import io.customergraph.provider.json.JsonFields;
import io.customergraph.provider.shopify.ShopifyRefused.Reason;

import org.springframework.stereotype.Component;

import reactor.core.publisher.Mono;

import tools.jackson.databind.json.JsonMapper;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Asks shops by the Admin GraphQL API. A document that a shop throttles was not run at all, and is
 * asked again as soon as the shop's bucket has refilled to what it costs.
 */
@Component
final class AdminGraphQl {

    static final String VERSION = "2026-07";

    private static final int MOST_ATTEMPTS = 3;

    private final ProviderHttp http;
    private final JsonMapper json;

    AdminGraphQl(ProviderHttp http, JsonMapper json) {
        this.http = http;
        this.json = json;
    }

    /**
     * What a document gave.
     *
     * @param at when the shop said it, by the shop's clock; a second or more early rather than late
     * @param characters of the whole answer
     */
    record Answer(JsonFields data, QueryCost cost, Instant at, int characters) {}

    /** Something to ask. */
    record Question(String document, Map<String, Object> variables, boolean isRepeatable) {

        Question {
            variables = Map.copyOf(variables);
        }

        /** One that changes nothing. */
        static Question reading(String document, Map<String, Object> variables) {
            return new Question(document, variables, true);
        }
    }

    /**
     * Asks.
     *
     * @param longestWait that a throttle may ask for; what has to wait longer is refused
     * @return an error ({@link ShopifyRefused}) where the shop did not do it
     */
    Mono<Answer> ask(OpenConnection open, Question question, Duration longestWait) {
        if (open.secret("access_token").isEmpty()) {
            return Mono.error(new ShopifyRefused(Reason.UNAUTHORIZED));
        }
        ProviderCall call =
                ProviderCheck.call(open, "POST", "/admin/api/{version}/graphql.json")
                        .pathValue("version", VERSION)
                        .header(
                                "X-Shopify-Access-Token",
                                ProviderCheck.secret(open, "access_token"))
                        .body(
                                "application/json",
                                json.writeValueAsString(
                                        Map.of(
                                                "query",
                                                question.document(),
                                                "variables",
                                                question.variables())));
        return ask(question.isRepeatable() ? call.repeatable() : call, longestWait, 1);
    }

    private Mono<Answer> ask(ProviderCall call, Duration longestWait, int attempt) {
        return http.send(call)
                .map(AdminGraphQl::read)
                .onErrorResume(
                        ShopifyRefused.class,
                        refused ->
                                refused.reason() == Reason.THROTTLED
                                                && attempt < MOST_ATTEMPTS
                                                && refused.pause().compareTo(longestWait) <= 0
                                        ? Mono.delay(refused.pause())
                                                .then(
                                                        Mono.defer(
                                                                () ->
                                                                        ask(
                                                                                call,
                                                                                longestWait,
                                                                                attempt + 1)))
                                        : Mono.error(refused));
    }

    private static Answer read(ProviderAnswer answer) {
        if (!answer.isSuccess()) {
            throw ShopifyRefused.by(answer);
        }
        JsonFields body =
                JsonFields.of(answer.body())
                        .orElseThrow(() -> new ShopifyRefused(Reason.UNEXPECTED));
        QueryCost cost = QueryCost.of(body);
        List<JsonFields> errors = body.objects("errors");
        if (!errors.isEmpty()) {
            throw refused(errors.getFirst(), cost);
        }
        if (!body.has("data")) {
            throw new ShopifyRefused(Reason.UNEXPECTED);
        }
        return new Answer(body.object("data"), cost, AnswerTime.of(answer), answer.body().length());
    }

    private static ShopifyRefused refused(JsonFields error, QueryCost cost) {
        String code = error.object("extensions").text("code");
        return switch (code == null ? "" : code) {
            case "THROTTLED" -> new ShopifyRefused(Reason.THROTTLED, cost.untilAsked());
            case "MAX_COST_EXCEEDED" -> new ShopifyRefused(Reason.TOO_MUCH);
            case "ACCESS_DENIED" -> new ShopifyRefused(Reason.UNAUTHORIZED);
            case "INTERNAL_SERVER_ERROR", "TIMEOUT" -> new ShopifyRefused(Reason.BROKEN);
            default -> new ShopifyRefused(Reason.UNEXPECTED);
        };
    }
}
