package io.customergraph.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.customergraph.delivery.DeliveryLookup.Answer;

import org.junit.jupiter.api.Test;
import org.springframework.transaction.reactive.TransactionSynchronizationManager;

import reactor.core.publisher.Mono;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/** Deliveries in whose place a provider is asked. */
class DeliveryLookupTest {

    private final Desk desk = new Desk();
    private final List<String> applied = new ArrayList<>();
    private final AtomicReference<Function<String, Answer>> provider =
            new AtomicReference<>(body -> new Answer.Body("looked up " + body));
    private final AtomicBoolean isWithinTransaction = new AtomicBoolean();

    private DeliveryHandler handler() {
        DeliveryLookup lookup =
                new DeliveryLookup() {
                    @Override
                    public String provider() {
                        return "freshdesk";
                    }

                    @Override
                    public Mono<List<Answer>> lookUp(List<Delivery> deliveries) {
                        return TransactionSynchronizationManager.forCurrentTransaction()
                                .doOnNext(current -> isWithinTransaction.set(true))
                                .onErrorComplete()
                                .then(
                                        Mono.fromSupplier(
                                                () ->
                                                        deliveries.stream()
                                                                .map(Delivery::body)
                                                                .map(provider.get())
                                                                .toList()));
                    }
                };
        return new DeliveryHandler() {
            @Override
            public String provider() {
                return "freshdesk";
            }

            @Override
            public Optional<DeliveryLookup> lookup() {
                return Optional.of(lookup);
            }

            @Override
            public Mono<List<DeliveryOutcome>> apply(List<Delivery> deliveries) {
                return Mono.fromSupplier(
                        () ->
                                deliveries.stream()
                                        .<DeliveryOutcome>map(
                                                one -> {
                                                    applied.add(one.body());
                                                    return new DeliveryOutcome.Applied();
                                                })
                                        .toList());
            }
        };
    }

    @Test
    void what_the_provider_says_is_applied_in_place_of_what_came_and_outside_a_transaction() {
        desk.arrive("a", "1");
        desk.arrive("b", "2");

        desk.work(Desk.queue(handler()));

        assertThat(applied).containsExactly("looked up 1", "looked up 2");
        assertThat(desk.statuses()).containsExactly("processed", "processed");
        assertThat(isWithinTransaction).isFalse();
    }

    @Test
    void one_of_which_the_provider_tells_nothing_now_waits_with_those_of_its_key_alone() {
        UUID away = desk.arrive("a", "1");
        desk.arrive("b", "2");
        desk.arrive("a", "3");
        provider.set(
                body ->
                        body.equals("1")
                                ? new Answer.NotNow("PROVIDER_UNAVAILABLE", "It is away")
                                : new Answer.Body(body));

        desk.work(Desk.queue(handler()));

        assertThat(applied).containsExactly("2");
        assertThat(desk.statuses()).containsExactly("failed", "processed", "received");
        assertThat(desk.of(away, "error_code")).isEqualTo("PROVIDER_UNAVAILABLE");

        provider.set(Answer.Body::new);
        desk.workItOff(Desk.queue(handler()));

        assertThat(applied).containsExactly("2", "1", "3");
    }

    @Test
    void what_the_provider_never_tells_is_dead_and_what_it_does_not_answer_is_in_the_end() {
        UUID unknown = desk.arrive("a", "1");
        UUID silent = desk.arrive("b", "2");
        provider.set(
                body ->
                        body.equals("1")
                                ? new Answer.Never(
                                        new DeliveryOutcome.Unusable("NOT_FOUND", "No such"))
                                : new Answer.NotNow("PROVIDER_UNAVAILABLE", "It is away"));

        desk.workItOff(Desk.queue(handler()));

        assertThat(applied).isEmpty();
        assertThat(desk.statuses()).containsExactly("dead", "dead");
        assertThat(desk.of(unknown, "error_code")).isEqualTo("NOT_FOUND");
        assertThat(desk.of(unknown, "attempts")).isEqualTo("1");
        assertThat(desk.of(silent, "error_code")).isEqualTo("PROVIDER_UNAVAILABLE");
        assertThat(desk.of(silent, "attempts")).isEqualTo("3");
    }

    @Test
    void a_lookup_that_fails_altogether_is_tried_again() {
        UUID event = desk.arrive("a", "1");
        provider.set(
                body -> {
                    throw new IllegalStateException(body);
                });

        desk.work(Desk.queue(handler()));

        assertThat(desk.statuses()).containsExactly("failed");
        assertThat(desk.of(event, "error_code")).isEqualTo("LOOKUP_FAILED");
    }
}
