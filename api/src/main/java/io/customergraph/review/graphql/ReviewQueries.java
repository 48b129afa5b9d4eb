package io.customergraph.review.graphql;

import io.customergraph.graphql.InvalidRequest;
import io.customergraph.graphql.NodeId;
import io.customergraph.review.MatchExplanations;
import io.customergraph.tenant.Scope;
import io.customergraph.tenant.TenantContext;

import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.QueryMapping;
import org.springframework.stereotype.Controller;

import reactor.core.publisher.Mono;

import java.util.UUID;

/** Where a steward begins. */
@Controller
final class ReviewQueries {

    private final MatchExplanations explanations;

    ReviewQueries(MatchExplanations explanations) {
        this.explanations = explanations;
    }

    @QueryMapping
    Mono<ExplainedMatch> explainMatch(@Argument String a, @Argument String b) {
        UUID customerA = NodeId.customer(a);
        UUID customerB = NodeId.customer(b);
        if (customerA.equals(customerB)) {
            throw new InvalidRequest(
                    InvalidRequest.Code.BAD_USER_INPUT, "`a` and `b` are one customer already");
        }
        return TenantContext.caller()
                .flatMap(
                        caller ->
                                explanations
                                        .of(customerA, customerB)
                                        .map(
                                                match ->
                                                        ExplainedMatch.of(
                                                                match,
                                                                caller.may(Scope.CUSTOMERS_READ))))
                .switchIfEmpty(
                        Mono.error(
                                () ->
                                        new InvalidRequest(
                                                InvalidRequest.Code.INVALID_ID,
                                                "`a` or `b` is no customer of this tenant")));
    }
}
