package io.customergraph.graphql;

import graphql.schema.DataFetcher;
import graphql.schema.DataFetchingEnvironment;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.LightDataFetcher;
import graphql.schema.PropertyDataFetcher;

import io.customergraph.paging.Connection;
import io.customergraph.paging.GraphReads;
import io.customergraph.paging.Listing;
import io.customergraph.paging.Lookup;
import io.customergraph.paging.Page;
import io.customergraph.paging.PageRequest;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import reactor.core.publisher.Mono;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Makes fields of what {@link GraphReads} reads: all parents that a request reaches at one level
 * share a statement. Spring's {@code @BatchMapping} knows no arguments, and a page has some; this
 * is the one piece that takes its place.
 */
@Component
public final class Graph {

    private final GraphReads reads;

    Graph(GraphReads reads) {
        this.reads = reads;
    }

    /** Which pages one statement reads. */
    private record Pages(String connection, PageRequest request) {}

    /** Which counts one statement reads. */
    private record Counts(String connection, @Nullable List<String> kinds) {}

    /** A field that is a page of the parent's children. */
    public <S, T> DataFetcher<?> connection(Connection<T> connection, Function<S, UUID> parent) {
        return loading(
                (S source, DataFetchingEnvironment environment) -> {
                    PageRequest request = request(connection, environment);
                    UUID id = parent.apply(source);
                    return Batches.of(environment)
                            .<UUID, Page<T>>load(
                                    new Pages(connection.name(), request),
                                    id,
                                    parents -> reads.pages(connection, parents, request))
                            .thenApply(
                                    page ->
                                            new NestedPage<>(
                                                    this,
                                                    connection,
                                                    id,
                                                    request.kinds(),
                                                    page == null
                                                            ? Page.of(List.of(), request)
                                                            : page));
                });
    }

    private static PageRequest request(
            Connection<?> connection, DataFetchingEnvironment environment) {
        List<String> kinds = connection.isOfKinds() ? environment.getArgument("kinds") : null;
        return PageArguments.of(environment).request(connection, kinds);
    }

    /** How many children, of the kinds wanted, the parent has. */
    CompletableFuture<Long> count(
            DataFetchingEnvironment environment,
            Connection<?> connection,
            UUID parent,
            @Nullable List<String> kinds) {
        return Batches.of(environment)
                .<UUID, Long>load(
                        new Counts(connection.name(), kinds),
                        parent,
                        parents -> reads.counts(connection, parents, kinds))
                .thenApply(count -> count == null ? Long.valueOf(0) : count);
    }

    /** A field that is one thing; null where the key is null or nothing is found. */
    public <S, T> DataFetcher<?> one(Lookup<T> lookup, Function<S, @Nullable UUID> key) {
        return loading(
                (S source, DataFetchingEnvironment environment) -> {
                    UUID id = key.apply(source);
                    return id == null ? null : load(environment, lookup, id);
                });
    }

    /** A field that is a thing for each of some keys, in their order; null where none is found. */
    public <S, T> DataFetcher<?> each(Lookup<T> lookup, Function<S, List<UUID>> keys) {
        return loading(
                (S source, DataFetchingEnvironment environment) ->
                        all(
                                keys.apply(source).stream()
                                        .<CompletableFuture<?>>map(
                                                id -> load(environment, lookup, id))
                                        .toList()));
    }

    /** What all of them give, in their order. */
    public static CompletableFuture<List<Object>> all(List<CompletableFuture<?>> loads) {
        return CompletableFuture.allOf(loads.toArray(CompletableFuture[]::new))
                .thenApply(done -> loads.stream().<Object>map(CompletableFuture::join).toList());
    }

    /**
     * Loads a thing within a request's batch; null where nothing is found. The batch is read when
     * the request waits for nothing else, so only a fetcher of {@link #loading} may return what
     * comes of it: for any other the request would wait.
     */
    public <T> CompletableFuture<@Nullable T> load(
            DataFetchingEnvironment environment, Lookup<T> lookup, UUID id) {
        return Batches.of(environment)
                .load(lookup.name(), id, (Collection<UUID> ids) -> reads.lookup(lookup, ids));
    }

    /**
     * Loads what a statement of another kind gives for many keys at once, as {@link
     * #load(DataFetchingEnvironment, Lookup, UUID)} does.
     *
     * @param alike equal for keys that one read serves
     */
    public <V> CompletableFuture<@Nullable V> load(
            DataFetchingEnvironment environment,
            Object alike,
            UUID key,
            Function<Collection<UUID>, Mono<Map<UUID, V>>> read) {
        return Batches.of(environment).load(alike, key, read);
    }

    /** A field that is a short list without pages. */
    public <S, T> DataFetcher<?> list(Listing<T> listing, Function<S, UUID> parent) {
        return loading(
                (S source, DataFetchingEnvironment environment) ->
                        Batches.of(environment)
                                .<UUID, List<T>>load(
                                        listing.name(),
                                        parent.apply(source),
                                        parents -> reads.lists(listing, parents))
                                .thenApply(items -> items == null ? List.of() : items));
    }

    /** A field that is read off its source. */
    public static <S> DataFetcher<?> value(Function<S, @Nullable Object> read) {
        return PropertyDataFetcher.fetching(read);
    }

    /** A field of the root that waits for batches of its request. */
    public static DataFetcher<?> loading(
            Function<DataFetchingEnvironment, @Nullable CompletableFuture<?>> load) {
        return new Loading<@Nullable Object>((root, environment) -> load.apply(environment));
    }

    /** A field that waits for batches of its request. */
    public static <S> DataFetcher<?> loading(
            BiFunction<S, DataFetchingEnvironment, @Nullable CompletableFuture<?>> load) {
        return new Loading<>(load);
    }

    /**
     * Light, because Spring wraps all other fetchers to restore thread-locals around each call and
     * to adapt reactive types. These need neither, and a page calls them for every parent.
     */
    private record Loading<S extends @Nullable Object>(
            BiFunction<S, DataFetchingEnvironment, @Nullable CompletableFuture<?>> load)
            implements LightDataFetcher<@Nullable Object> {

        @Override
        @SuppressWarnings("unchecked") // The field's type has one class of sources.
        public @Nullable Object get(
                GraphQLFieldDefinition field,
                Object source,
                Supplier<DataFetchingEnvironment> environment) {
            return load.apply((S) source, environment.get());
        }

        @Override
        @SuppressWarnings("NullAway") // Only a field of the root has no source, and ignores it.
        public @Nullable Object get(DataFetchingEnvironment environment) {
            return load.apply(environment.<S>getSource(), environment);
        }
    }
}
