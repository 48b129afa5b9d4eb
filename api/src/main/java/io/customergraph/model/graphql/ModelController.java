package io.customergraph.model.graphql;

import graphql.schema.DataFetchingEnvironment;

import io.customergraph.customer.UserError;
import io.customergraph.graphql.ConnectionPage;
import io.customergraph.graphql.Reason;
import io.customergraph.graphql.RootPages;
import io.customergraph.model.MatchModel;
import io.customergraph.model.MatchModels;
import io.customergraph.model.ModelChoice;
import io.customergraph.worker.CandidateWorker;

import org.jspecify.annotations.Nullable;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.MutationMapping;
import org.springframework.graphql.data.method.annotation.QueryMapping;
import org.springframework.stereotype.Controller;

import reactor.core.publisher.Mono;

import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Models: listed, and put in use. */
@Controller
final class ModelController {

    private final MatchModels models;
    private final ModelChoice choice;
    private final CandidateWorker worker;

    ModelController(MatchModels models, ModelChoice choice, CandidateWorker worker) {
        this.models = models;
        this.choice = choice;
        this.worker = worker;
    }

    /** What became of putting a model in use. */
    public record ModelPayload(
            @Nullable MatchModel model, @Nullable String inUse, List<UserError> userErrors) {}

    @QueryMapping
    Mono<ConnectionPage> matchModels(DataFetchingEnvironment environment) {
        return new RootPages<>(
                        "matchModels",
                        MatchModels::isPlace,
                        models::list,
                        MatchModels::cursor,
                        models.count())
                .page(environment);
    }

    @QueryMapping
    Mono<String> matchModelInUse() {
        return models.inUse();
    }

    @MutationMapping
    Mono<ModelPayload> useMatchModel(@Argument Map<String, Object> input) {
        String version = (String) Objects.requireNonNull(input.get("version"));
        return choice.use(version, Reason.of(input))
                .flatMap(
                        errors ->
                                errors.isEmpty()
                                        ? inUse(version).doOnNext(payload -> worker.wake())
                                        : Mono.just(new ModelPayload(null, null, errors)));
    }

    private Mono<ModelPayload> inUse(String version) {
        return models.ofVersion(version)
                .map(model -> new ModelPayload(model, version, List.of()))
                .defaultIfEmpty(new ModelPayload(null, version, List.of()));
    }
}
