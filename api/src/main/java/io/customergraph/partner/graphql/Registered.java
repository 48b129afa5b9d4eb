package io.customergraph.partner.graphql;

import io.customergraph.customer.UserError;
import io.customergraph.provider.partner.PartnerCallFailed;

import reactor.core.publisher.Mono;

import java.util.UUID;

/** What became of a registration. */
sealed interface Registered {

    record Done(UUID id) implements Registered {}

    record Refused(UserError error) implements Registered {}

    static Registered refused(UserError.Code code, String field, String message) {
        return new Refused(UserError.of(code, field, message));
    }

    /** A refusal of the provider as what the caller can do about it. */
    static Mono<Registered> of(Mono<Registered> work, String field) {
        return work.onErrorResume(
                PartnerCallFailed.class,
                failed ->
                        Mono.just(
                                switch (failed.reason()) {
                                    case UNAUTHORIZED ->
                                            refused(
                                                    UserError.Code.BLOCKED,
                                                    field,
                                                    "The provider does not take the token; give or"
                                                            + " authorize another one");
                                    case NOT_FOUND ->
                                            refused(
                                                    UserError.Code.NOT_FOUND,
                                                    field,
                                                    "The provider knows no such id under this"
                                                            + " account; copy it again");
                                    case RATE_LIMITED ->
                                            refused(
                                                    UserError.Code.BLOCKED,
                                                    field,
                                                    "The provider asks to wait; try again in a few"
                                                            + " minutes");
                                    case REFUSED ->
                                            refused(
                                                    UserError.Code.INVALID,
                                                    field,
                                                    "The provider refuses what was given; check it"
                                                            + " there and try again");
                                    case UNAVAILABLE ->
                                            refused(
                                                    UserError.Code.BLOCKED,
                                                    field,
                                                    "The provider does not answer as it should; try"
                                                            + " again later");
                                }));
    }

    /** What is another's and was not written. */
    static Mono<Registered> taken(String field) {
        return Mono.just(
                refused(
                        UserError.Code.TAKEN,
                        field,
                        "It is registered elsewhere already; ask the platform's support"));
    }
}
