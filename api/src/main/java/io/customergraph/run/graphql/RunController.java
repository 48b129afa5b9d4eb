package io.customergraph.run.graphql;

import io.customergraph.customer.UserError;
import io.customergraph.graphql.NodeId;
import io.customergraph.graphql.NodeType;
import io.customergraph.paging.GraphReads;
import io.customergraph.run.MatchRun;
import io.customergraph.run.MatchRuns;
import io.customergraph.run.RunRequest;
import io.customergraph.worker.MatchRunWorker;

import org.jspecify.annotations.Nullable;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.MutationMapping;
import org.springframework.graphql.data.method.annotation.QueryMapping;
import org.springframework.stereotype.Controller;

import reactor.core.publisher.Mono;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/** Runs: asked for, and followed. */
@Controller
final class RunController {

    private final MatchRuns runs;
    private final GraphReads reads;
    private final MatchRunWorker worker;

    RunController(MatchRuns runs, GraphReads reads, MatchRunWorker worker) {
        this.runs = runs;
        this.reads = reads;
        this.worker = worker;
    }

    /** What became of asking for a run. */
    public record RunPayload(@Nullable MatchRun run, List<UserError> userErrors) {}

    @QueryMapping
    Mono<MatchRun> matchRun(@Argument String id) {
        return run(NodeId.decode(NodeType.MATCH_RUN, id));
    }

    @MutationMapping
    Mono<RunPayload> startMatchRun(@Argument Map<String, Object> input) {
        return runs.request(
                        (String) Objects.requireNonNull(input.get("mode")),
                        (String) input.get("model"))
                .flatMap(
                        requested ->
                                switch (requested) {
                                    case RunRequest.Accepted accepted ->
                                            run(accepted.run())
                                                    .map(RunController::started)
                                                    .doOnNext(run -> worker.wake());
                                    case RunRequest.Refused refused ->
                                            Mono.just(
                                                    new RunPayload(null, List.of(refused.error())));
                                });
    }

    private Mono<MatchRun> run(UUID id) {
        return reads.lookup(MatchRun.LOOKUP, List.of(id)).mapNotNull(found -> found.get(id));
    }

    private static RunPayload started(MatchRun run) {
        return new RunPayload(run, List.of());
    }
}
