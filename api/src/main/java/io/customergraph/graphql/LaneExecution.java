package io.customergraph.graphql;

import org.springframework.graphql.ExecutionGraphQlRequest;
import org.springframework.graphql.ExecutionGraphQlResponse;
import org.springframework.graphql.ExecutionGraphQlService;

import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Executes each request in a {@link Lane} of its own, with {@link Batches} of its own. */
final class LaneExecution implements ExecutionGraphQlService {

    private final ExecutionGraphQlService engine;

    LaneExecution(ExecutionGraphQlService engine) {
        this.engine = engine;
    }

    @Override
    public Mono<ExecutionGraphQlResponse> execute(ExecutionGraphQlRequest request) {
        return Mono.deferContextual(
                context -> {
                    Batches batches = new Batches(context);
                    request.configureExecutionInput(
                            (input, builder) -> builder.graphQLContext(batches::addTo).build());
                    return engine.execute(request)
                            .subscribeOn(Schedulers.fromExecutor(batches.lane()))
                            .doOnCancel(batches::cancel);
                });
    }
}
