package io.customergraph.graphql;

import graphql.TrivialDataFetcher;
import graphql.schema.DataFetcher;
import graphql.schema.DataFetchingEnvironment;
import graphql.schema.FieldCoordinates;
import graphql.schema.GraphQLCodeRegistry;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLFieldsContainer;
import graphql.schema.GraphQLSchemaElement;
import graphql.schema.GraphQLTypeVisitorStub;
import graphql.util.TraversalControl;
import graphql.util.TraverserContext;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import java.util.concurrent.CompletionStage;

/**
 * Lets what comes of fetchers elsewhere than in {@link Graph}, such as a controller's {@link Mono},
 * go on in the request's lane too. Nothing is done for each field of an execution: the fetchers are
 * wrapped when the schema is made.
 */
final class LaneFetchers extends GraphQLTypeVisitorStub {

    private static final String SUBSCRIPTION = "Subscription";
    private static final int ONE_AT_A_TIME = 1;

    @Override
    public TraversalControl visitGraphQLFieldDefinition(
            GraphQLFieldDefinition field, TraverserContext<GraphQLSchemaElement> context) {
        GraphQLCodeRegistry.Builder registry =
                context.getVarFromParents(GraphQLCodeRegistry.Builder.class);
        if (context.getParentNode() instanceof GraphQLFieldsContainer type) {
            FieldCoordinates place = FieldCoordinates.coordinates(type, field);
            DataFetcher<?> fetcher = registry.getDataFetcher(place, field);
            if (!(fetcher instanceof TrivialDataFetcher) && !isTheEngines(fetcher)) {
                registry.dataFetcher(
                        place, new InLane(fetcher, type.getName().equals(SUBSCRIPTION)));
            }
        }
        return TraversalControl.CONTINUE;
    }

    private static boolean isTheEngines(DataFetcher<?> fetcher) {
        return fetcher.getClass().getName().startsWith("graphql.");
    }

    private record InLane(DataFetcher<?> fetcher, boolean isSubscription)
            implements DataFetcher<Object> {

        @Override
        public @Nullable Object get(DataFetchingEnvironment environment) throws Exception {
            Batches batches = Batches.of(environment);
            return switch (fetcher.get(environment)) {
                case Mono<?> answer -> inLane(answer, batches);
                case Publisher<?> events when isSubscription ->
                        Flux.from(events)
                                .publishOn(Schedulers.fromExecutor(batches.lane()), ONE_AT_A_TIME);
                case Publisher<?> list -> inLane(Flux.from(list).collectList(), batches);
                case CompletionStage<?> answer -> batches.await(answer);
                case null -> null;
                case Object value -> value;
            };
        }

        private static Mono<?> inLane(Mono<?> answer, Batches batches) {
            return Mono.deferContextual(
                    context ->
                            Mono.fromFuture(
                                    batches.await(answer.contextWrite(context).toFuture())));
        }
    }
}
