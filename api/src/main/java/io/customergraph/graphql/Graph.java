package io.customergraph.graphql;

import graphql.schema.DataFetcher;
import graphql.schema.DataFetcherFactories;
import graphql.schema.DataFetchingEnvironment;
import graphql.schema.PropertyDataFetcher;
import io.customergraph.paging.Connection;
import io.customergraph.paging.GraphReads;
import io.customergraph.paging.Listing;
import io.customergraph.paging.Lookup;
import io.customergraph.paging.Page;
import io.customergraph.paging.PageRequest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.dataloader.DataLoader;
import org.jspecify.annotations.Nullable;
import org.springframework.graphql.execution.BatchLoaderRegistry;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Makes fields of what {@link GraphReads} reads: all parents that a request reaches at one level
 * share a statement. Spring's {@code @BatchMapping} knows no arguments, and a page has some; this is
 * the one piece that takes its place.
 */
@Component
public final class Graph {

    private final BatchLoaderRegistry loaders;
    private final GraphReads reads;
    private final Set<String> registered = new HashSet<>();

    Graph(BatchLoaderRegistry loaders, GraphReads reads) {
        this.loaders = loaders;
        this.reads = reads;
    }

    private record PageKey(UUID parent, PageRequest request) {}

    /** A field that is a page of the parent's children. */
    public <S, T> DataFetcher<?> connection(Connection<T> connection, Function<S, UUID> parent) {
        registerConnection(connection);
        String name = connection.name();
        boolean isOfKinds = connection.isOfKinds();
        return undecorated(
                environment -> {
                    S source = environment.getSource();
                    UUID id = parent.apply(Objects.requireNonNull(source));
                    List<String> kinds = isOfKinds ? environment.getArgument("kinds") : null;
                    PageRequest request = PageArguments.of(environment).request(name, kinds);
                    DataLoader<PageKey, Page<T>> pages = loader(environment, name);
                    return pages.load(new PageKey(id, request))
                            .thenApply(page -> new NestedPage<>(connection, id, kinds, page));
                });
    }

    private <T> void registerConnection(Connection<T> connection) {
        if (!registered.add(connection.name())) {
            return;
        }
        loaders.<PageKey, Page<T>>forName(connection.name())
                .registerMappedBatchLoader(
                        (keys, environment) ->
                                byArguments(
                                        keys,
                                        PageKey::request,
                                        PageKey::parent,
                                        (request, parents) ->
                                                reads.pages(connection, parents, request)
                                                        .map(
                                                                pages ->
                                                                        filled(
                                                                                parents,
                                                                                pages,
                                                                                request))));
        loaders.<NestedPage.CountKey, Long>forName(countsOf(connection.name()))
                .registerMappedBatchLoader(
                        (keys, environment) ->
                                byArguments(
                                        keys,
                                        key -> Optional.ofNullable(key.kinds()),
                                        NestedPage.CountKey::parent,
                                        (kinds, parents) ->
                                                reads.counts(
                                                        connection,
                                                        parents,
                                                        kinds.orElse(null))));
    }

    private static <T> Map<UUID, Page<T>> filled(
            List<UUID> parents, Map<UUID, Page<T>> pages, PageRequest request) {
        for (UUID parent : parents) {
            pages.computeIfAbsent(parent, without -> Page.of(List.of(), request));
        }
        return pages;
    }

    /** One read for each set of arguments that occurs; most often there is one. */
    private static <K, A, V> Mono<Map<K, V>> byArguments(
            Set<K> keys,
            Function<K, A> arguments,
            Function<K, UUID> parent,
            BiFunction<A, List<UUID>, Mono<Map<UUID, V>>> read) {
        Map<A, List<K>> groups = new HashMap<>();
        for (K key : keys) {
            groups.computeIfAbsent(arguments.apply(key), group -> new ArrayList<>()).add(key);
        }
        return Flux.fromIterable(groups.entrySet())
                .flatMap(
                        group -> {
                            List<UUID> parents =
                                    group.getValue().stream().map(parent).distinct().toList();
                            return read.apply(group.getKey(), parents)
                                    .map(
                                            values ->
                                                    byKey(group.getValue(), parent, values));
                        },
                        4)
                .collect(HashMap::new, Map::putAll);
    }

    private static <K, V> Map<K, V> byKey(
            List<K> keys, Function<K, UUID> parent, Map<UUID, V> values) {
        Map<K, V> byKey = HashMap.newHashMap(keys.size());
        for (K key : keys) {
            V value = values.get(parent.apply(key));
            if (value != null) {
                byKey.put(key, value);
            }
        }
        return byKey;
    }

    /** A field that is one thing; null where the key is null or nothing is found. */
    public <S, T> DataFetcher<?> one(Lookup<T> lookup, Function<S, @Nullable UUID> key) {
        register(lookup);
        return undecorated(
                environment -> {
                    S source = environment.getSource();
                    UUID id = key.apply(Objects.requireNonNull(source));
                    return id == null ? null : load(environment, lookup, id);
                });
    }

    /** Loads a thing within a request's batch. */
    public CompletableFuture<?> load(
            DataFetchingEnvironment environment, Lookup<?> lookup, UUID id) {
        DataLoader<UUID, ?> things = loader(environment, lookup.name());
        return things.load(id);
    }

    /** Makes things of the lookup loadable. */
    public <T> void register(Lookup<T> lookup) {
        if (registered.add(lookup.name())) {
            loaders.<UUID, T>forName(lookup.name())
                    .registerMappedBatchLoader((keys, environment) -> reads.lookup(lookup, keys));
        }
    }

    /** A field that is a short list without pages. */
    public <S, T> DataFetcher<?> list(Listing<T> listing, Function<S, UUID> parent) {
        if (registered.add(listing.name())) {
            loaders.<UUID, List<T>>forName(listing.name())
                    .registerMappedBatchLoader((keys, environment) -> reads.lists(listing, keys));
        }
        return undecorated(
                environment -> {
                    DataLoader<UUID, List<T>> lists = loader(environment, listing.name());
                    S source = environment.getSource();
                    return lists.load(parent.apply(Objects.requireNonNull(source)))
                            .thenApply(items -> items == null ? List.of() : items);
                });
    }

    /** A field that is read off its source. */
    public static <S> DataFetcher<?> value(Function<S, @Nullable Object> read) {
        return PropertyDataFetcher.fetching(read);
    }

    static String countsOf(String connection) {
        return connection + ".totalCount";
    }

    private static <K, V> DataLoader<K, V> loader(
            DataFetchingEnvironment environment, String name) {
        DataLoader<K, V> loader = environment.getDataLoader(name);
        return Objects.requireNonNull(loader);
    }

    /**
     * A fetcher that Spring leaves alone. It wraps those of other packages than graphql-java's to
     * restore thread-locals around each call and to adapt reactive types; these fetchers need
     * neither, and a page calls them for every parent.
     */
    private static DataFetcher<?> undecorated(DataFetcher<?> fetcher) {
        return DataFetcherFactories.wrapDataFetcher(
                fetcher, (environment, value) -> value);
    }
}
