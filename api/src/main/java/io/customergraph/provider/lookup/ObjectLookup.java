package io.customergraph.provider.lookup;

import io.customergraph.delivery.Delivery;
import io.customergraph.delivery.DeliveryLookup.Answer;
import io.customergraph.delivery.DeliveryOutcome;
import io.customergraph.integration.ConnectionAccess;
import io.customergraph.integration.OpenConnection;
import io.customergraph.provider.ProviderAnswer;
import io.customergraph.provider.ProviderCall;
import io.customergraph.provider.ProviderHttp;
import io.customergraph.provider.ProviderUnreachable;
import io.customergraph.provider.json.JsonFields;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * Asks a provider for the objects that its deliveries name, each once however many name it. Where
 * the connection has no key, what was delivered is what there is.
 */
@Component
public final class ObjectLookup {

    private static final int CALLS_AT_ONCE = 4;
    private static final int LONGEST_ID = 200;

    private final ConnectionAccess connections;
    private final ProviderHttp http;

    ObjectLookup(ConnectionAccess connections, ProviderHttp http) {
        this.connections = connections;
        this.http = http;
    }

    /**
     * What to ask for.
     *
     * @param named the object's id as a delivery names it; null where it names none
     * @param namedBy the field of deliveries that does, for who is told that it is missing
     * @param idField of the object
     * @param keyField the secret that a call needs
     */
    public record Question(
            Function<JsonFields, @Nullable String> named,
            String namedBy,
            String idField,
            String keyField,
            BiFunction<OpenConnection, String, ProviderCall> call) {}

    /**
     * What the provider says of the deliveries of one connection of the tenant of the context, in
     * their order.
     */
    public Mono<List<Answer>> lookUp(List<Delivery> deliveries, Question question) {
        return connections
                .open(deliveries.getFirst().connection())
                .flatMap(
                        open ->
                                open.secret(question.keyField).isEmpty()
                                        ? Mono.just(asDelivered(deliveries))
                                        : ask(open, deliveries, question))
                .switchIfEmpty(Mono.fromSupplier(() -> disconnected(deliveries)));
    }

    private static List<Answer> asDelivered(List<Delivery> deliveries) {
        return deliveries.stream().<Answer>map(one -> new Answer.Body(one.body())).toList();
    }

    private static List<Answer> disconnected(List<Delivery> deliveries) {
        Answer answer = new Answer.NotNow("DISCONNECTED", "The connection cannot be opened");
        return deliveries.stream().map(one -> answer).toList();
    }

    private Mono<List<Answer>> ask(
            OpenConnection open, List<Delivery> deliveries, Question question) {
        Set<String> ids = new LinkedHashSet<>();
        deliveries.forEach(one -> id(one, question).ifPresent(ids::add));
        return Flux.fromIterable(ids)
                .flatMap(
                        id -> one(open, id, question).map(answer -> Map.entry(id, answer)),
                        CALLS_AT_ONCE)
                .collectMap(Map.Entry::getKey, Map.Entry::getValue)
                .map(
                        answers ->
                                deliveries.stream()
                                        .map(one -> answer(id(one, question), answers, question))
                                        .toList());
    }

    private static Optional<String> id(Delivery delivery, Question question) {
        return JsonFields.of(delivery.body())
                .flatMap(body -> Optional.ofNullable(question.named.apply(body)))
                .filter(id -> id.length() <= LONGEST_ID);
    }

    private static Answer answer(
            Optional<String> id, Map<String, Answer> answers, Question question) {
        return id.isEmpty()
                ? new Answer.Never(
                        new DeliveryOutcome.Unusable(
                                "INVALID_ID",
                                "`%s` is missing, or no id as the provider has them"
                                        .formatted(question.namedBy)))
                : Objects.requireNonNull(answers.get(id.get()));
    }

    private Mono<Answer> one(OpenConnection open, String id, Question question) {
        return http.send(question.call.apply(open, id))
                .map(answer -> read(answer, id, question))
                .onErrorResume(
                        ProviderUnreachable.class,
                        none ->
                                Mono.just(
                                        new Answer.NotNow(
                                                "PROVIDER_UNREACHABLE",
                                                "The provider gave no answer (%s)"
                                                        .formatted(none.problem().code()))));
    }

    private static Answer read(ProviderAnswer answer, String id, Question question) {
        if (answer.isSuccess()) {
            boolean isIt =
                    JsonFields.of(answer.body())
                            .map(body -> id.equals(body.text(question.idField)))
                            .orElse(false);
            return isIt
                    ? new Answer.Body(answer.body())
                    : new Answer.NotNow(
                            "UNEXPECTED_ANSWER", "The provider answered with something else");
        }
        if (answer.isUnauthorized()) {
            return new Answer.NotNow(
                    "UNAUTHORIZED", "The provider does not take the key; rotate the credentials");
        }
        return switch (answer.status()) {
            case 400, 404, 410, 422 ->
                    new Answer.Never(
                            new DeliveryOutcome.Unusable(
                                    "NOT_FOUND", "The provider knows of none with this id"));
            default ->
                    new Answer.NotNow(
                            "PROVIDER_UNAVAILABLE",
                            "The provider answered with status %d".formatted(answer.status()));
        };
    }
}
