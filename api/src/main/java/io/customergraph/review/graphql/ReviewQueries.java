package io.customergraph.review.graphql;

import graphql.schema.DataFetchingEnvironment;

import io.customergraph.customer.Customers;
import io.customergraph.graphql.ConnectionPage;
import io.customergraph.graphql.InvalidRequest;
import io.customergraph.graphql.NodeId;
import io.customergraph.graphql.RootPages;
import io.customergraph.matching.score.MatchModel;
import io.customergraph.model.ScoringModels;
import io.customergraph.paging.GraphReads;
import io.customergraph.review.MatchCandidates;
import io.customergraph.review.MatchExplanations;
import io.customergraph.tenant.Scope;
import io.customergraph.tenant.TenantContext;
import io.customergraph.tenant.TenantId;

import org.jspecify.annotations.Nullable;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.QueryMapping;
import org.springframework.stereotype.Controller;

import reactor.core.publisher.Mono;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/** Where a steward begins. */
@Controller
final class ReviewQueries {

    private final MatchExplanations explanations;
    private final MatchCandidates candidates;
    private final ScoringModels models;
    private final GraphReads reads;

    ReviewQueries(
            MatchExplanations explanations,
            MatchCandidates candidates,
            ScoringModels models,
            GraphReads reads) {
        this.models = models;
        this.candidates = candidates;
        this.explanations = explanations;
        this.reads = reads;
    }

    @QueryMapping
    Mono<ExplainedMatch> explainMatch(
            @Argument String a, @Argument String b, @Argument @Nullable String model) {
        UUID customerA = NodeId.customer(a);
        UUID customerB = NodeId.customer(b);
        return reads.lookup(Customers.LOOKUP, List.of(customerA, customerB))
                .filter(found -> found.containsKey(customerA) && found.containsKey(customerB))
                .flatMap(
                        found ->
                                explained(
                                        Objects.requireNonNull(found.get(customerA)).id(),
                                        Objects.requireNonNull(found.get(customerB)).id(),
                                        model))
                .switchIfEmpty(
                        Mono.error(
                                () ->
                                        new InvalidRequest(
                                                InvalidRequest.Code.INVALID_ID,
                                                "`a` or `b` is no customer of this tenant")));
    }

    @QueryMapping
    Mono<ConnectionPage> matchCandidates(
            @Argument @Nullable Map<String, Object> filter, DataFetchingEnvironment environment) {
        MatchCandidates.Filter wanted = CandidateFilters.of(filter);
        return new RootPages<>(
                        "matchCandidates",
                        MatchCandidates.OF_CUSTOMER::isPlace,
                        page -> candidates.list(wanted, page),
                        MatchCandidates::cursor,
                        candidates.count(wanted))
                .page(environment);
    }

    /** Of living customers: an id that was merged is its survivor's. */
    private Mono<ExplainedMatch> explained(UUID a, UUID b, @Nullable String version) {
        if (a.equals(b)) {
            return Mono.error(
                    new InvalidRequest(
                            InvalidRequest.Code.BAD_USER_INPUT,
                            "`a` and `b` are one customer already"));
        }
        return TenantContext.caller()
                .flatMap(
                        caller ->
                                model(caller.tenant(), version)
                                        .flatMap(model -> explanations.of(a, b, model))
                                        .map(
                                                match ->
                                                        ExplainedMatch.of(
                                                                match,
                                                                caller.may(Scope.CUSTOMERS_READ))));
    }

    private Mono<MatchModel> model(TenantId tenant, @Nullable String version) {
        return version == null
                ? models.inUse(tenant)
                : models.ofVersion(tenant, version)
                        .switchIfEmpty(
                                Mono.error(
                                        () ->
                                                new InvalidRequest(
                                                        InvalidRequest.Code.BAD_USER_INPUT,
                                                        "There is no `model` of this version;"
                                                                + " `matchModels` lists them")));
    }
}
