package io.customergraph.delivery;

import io.customergraph.delivery.DeliveryLookup.Answer;

import reactor.core.publisher.Mono;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** Puts what a provider was asked for in place of the bodies that it delivered. */
final class BodyLookup {

    private BodyLookup() {}

    static Mono<List<ReadDelivery>> of(DeliveryHandler handler, List<ReadDelivery> read) {
        List<Delivery> readable =
                read.stream()
                        .filter(ReadDelivery.WithBody.class::isInstance)
                        .map(one -> ((ReadDelivery.WithBody) one).delivery())
                        .toList();
        return handler.lookup()
                .filter(lookup -> !readable.isEmpty())
                .map(
                        lookup ->
                                Mono.defer(() -> lookup.lookUp(readable))
                                        .map(answers -> merged(read, answers))
                                        .onErrorResume(failure -> Mono.just(noneOf(read, failure))))
                .orElseGet(() -> Mono.just(read));
    }

    private static List<ReadDelivery> merged(List<ReadDelivery> read, List<Answer> answers) {
        Iterator<Answer> next = answers.iterator();
        List<ReadDelivery> merged = new ArrayList<>(read.size());
        for (ReadDelivery one : read) {
            merged.add(
                    one instanceof ReadDelivery.WithBody withBody
                            ? answered(withBody, next.next())
                            : one);
        }
        return merged;
    }

    private static ReadDelivery answered(ReadDelivery.WithBody one, Answer answer) {
        ClaimedDelivery claimed = one.claimed();
        return switch (answer) {
            case Answer.Body(String text) -> new ReadDelivery.WithBody(claimed, claimed.with(text));
            case Answer.Never(DeliveryOutcome.Unusable why) ->
                    new ReadDelivery.Unusable(claimed, why);
            case Answer.NotNow(String code, String why) ->
                    new ReadDelivery.NotNow(claimed, code, why);
        };
    }

    private static List<ReadDelivery> noneOf(List<ReadDelivery> read, Throwable failure) {
        Answer.NotNow answer =
                new Answer.NotNow(
                        "LOOKUP_FAILED",
                        "The provider could not be asked (%s)"
                                .formatted(failure.getClass().getSimpleName()));
        return read.stream()
                .map(
                        one ->
                                one instanceof ReadDelivery.WithBody withBody
                                        ? answered(withBody, answer)
                                        : one)
                .toList();
    }
}
