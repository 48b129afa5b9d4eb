package io.customergraph.paging;

import io.customergraph.tenant.TenantContext;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.Readable;
import io.r2dbc.spi.Statement;

import org.jspecify.annotations.Nullable;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.context.Context;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiConsumer;

/**
 * Reads the graph, a level in one statement for all parents, for the tenant of the context. It
 * speaks to the driver directly: these are the statements that every page runs.
 */
public final class GraphReads {

    private final ConnectionFactory connections;

    public GraphReads(ConnectionFactory connections) {
        this.connections = connections;
    }

    /** The same page of each parent's list. A parent without children has no entry. */
    public <T> Mono<Map<UUID, Page<T>>> pages(
            Connection<T> connection, Collection<UUID> parents, PageRequest request) {
        Cursor given = request.cursor();
        Cursor from = given == null ? connection.edge(request.isBackward()) : given;
        String sql = request.isBackward() ? connection.backward() : connection.forward();
        return this.<Map<UUID, List<T>>>collect(
                        sql,
                        parents,
                        statement ->
                                bindKinds(
                                        connection,
                                        request.kinds(),
                                        statement
                                                .bind(2, connection.parameter().apply(from.key()))
                                                .bind(3, from.id())
                                                .bind(4, request.limit() + 1),
                                        5),
                        new HashMap<>(),
                        (lists, row) ->
                                lists.computeIfAbsent(Row.id(row, 0), parent -> new ArrayList<>())
                                        .add(connection.read().apply(row)))
                .map(
                        lists -> {
                            Map<UUID, Page<T>> pages = HashMap.newHashMap(lists.size());
                            lists.forEach(
                                    (parent, found) -> pages.put(parent, Page.of(found, request)));
                            return pages;
                        });
    }

    /** How many children, of the kinds wanted, each parent has. */
    public Mono<Map<UUID, Long>> counts(
            Connection<?> connection, Collection<UUID> parents, @Nullable List<String> kinds) {
        return collect(
                connection.count(),
                parents,
                statement -> bindKinds(connection, kinds, statement, 2),
                new HashMap<>(),
                (counts, row) -> counts.put(Row.id(row, 0), Row.bigNumber(row, 1)));
    }

    /** The thing of each key. */
    public <T> Mono<Map<UUID, T>> lookup(Lookup<T> lookup, Collection<UUID> keys) {
        return collect(
                lookup.sql(),
                keys,
                statement -> statement,
                new HashMap<>(),
                (things, row) -> things.put(Row.id(row, 0), lookup.read().apply(row)));
    }

    /** The list of each parent; a parent without items has no entry. */
    public <T> Mono<Map<UUID, List<T>>> lists(Listing<T> listing, Collection<UUID> parents) {
        return collect(
                listing.sql(),
                parents,
                statement -> statement,
                new HashMap<>(),
                (lists, row) ->
                        lists.computeIfAbsent(Row.id(row, 0), parent -> new ArrayList<>())
                                .add(listing.read().apply(row)));
    }

    private static Statement bindKinds(
            Connection<?> connection,
            @Nullable List<String> kinds,
            Statement statement,
            int index) {
        if (!connection.isOfKinds()) {
            return statement;
        }
        return kinds == null
                ? statement.bindNull(index, String[].class)
                : statement.bind(index, kinds.toArray(String[]::new));
    }

    private interface Binding {
        Statement bind(Statement statement);
    }

    private <A> Mono<A> collect(
            String sql,
            Collection<UUID> keys,
            Binding binding,
            A result,
            BiConsumer<A, Readable> add) {
        return TenantContext.tenant()
                .flatMapMany(
                        tenant ->
                                Flux.usingWhen(
                                        connections.create(),
                                        connection -> {
                                            Statement statement =
                                                    connection
                                                            .createStatement(sql)
                                                            .bind(0, tenant.value())
                                                            .bind(1, keys.toArray(UUID[]::new));
                                            return rows(binding.bind(statement), result, add);
                                        },
                                        io.r2dbc.spi.Connection::close))
                .then(Mono.just(result));
    }

    /**
     * Runs the statement without the context of the request: where there is one, Reactor restores
     * thread-locals from it for every message of the driver, which is for every row.
     */
    private static <A> Flux<Boolean> rows(
            Statement statement, A result, BiConsumer<A, Readable> add) {
        return Flux.from(statement.execute())
                .flatMap(
                        found ->
                                found.map(
                                        row -> {
                                            add.accept(result, row);
                                            return true;
                                        }))
                .contextWrite(request -> Context.empty());
    }
}
