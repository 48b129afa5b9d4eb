package io.customergraph.graphql;

import graphql.schema.DataFetchingEnvironment;

import io.customergraph.paging.Cursor;
import io.customergraph.paging.Page;
import io.customergraph.paging.PageRequest;

import org.jspecify.annotations.Nullable;

import reactor.core.publisher.Mono;
import reactor.util.context.Context;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Pages of a list of the tenant that a field of the root gives, by its arguments {@code first} and
 * {@code after}.
 *
 * @param name unique among all lists: it is part of every cursor
 * @param isPlace whether a cursor can be one of the list
 * @param find up to one more than the limit, from the cursor on
 * @param place of an item in the list
 * @param count how many there are on all pages
 */
public record RootPages<T>(
        String name,
        Predicate<Cursor> isPlace,
        Function<PageRequest, Mono<List<T>>> find,
        Function<T, Cursor> place,
        Mono<Long> count) {

    /** The page that the field's arguments ask for. */
    public Mono<ConnectionPage> page(DataFetchingEnvironment environment) {
        PageRequest request = request(environment);
        return Mono.deferContextual(
                context ->
                        find.apply(request)
                                .map(
                                        found ->
                                                new RootPage<>(
                                                        this,
                                                        Page.of(found, request),
                                                        count.contextWrite(Context.of(context)))));
    }

    /** The page that the field's arguments ask for, checked. */
    public PageRequest request(DataFetchingEnvironment environment) {
        PageArguments arguments = PageArguments.of(environment);
        String text = arguments.cursor();
        Cursor cursor = text == null ? null : CursorText.decode(name, text);
        if (cursor != null && !isPlace.test(cursor)) {
            throw CursorText.invalid();
        }
        return new PageRequest(arguments.limit(), arguments.isBackward(), cursor, null);
    }

    /** The page of what was found in another way, as {@code find} would give it. */
    public ConnectionPage page(List<T> found, PageRequest request) {
        return new RootPage<>(this, Page.of(found, request), count);
    }

    private record RootPage<T>(RootPages<T> list, Page<T> page, Mono<Long> count)
            implements ConnectionPage {

        @Override
        public List<?> nodes() {
            return page.items();
        }

        @Override
        public String cursor(int index) {
            return CursorText.encode(list.name, list.place.apply(page.items().get(index)));
        }

        @Override
        public boolean hasNextPage() {
            return page.hasNext();
        }

        @Override
        public boolean hasPreviousPage() {
            return page.hasPrevious();
        }

        @Override
        public CompletableFuture<?> totalCount(DataFetchingEnvironment environment) {
            return Batches.of(environment).<@Nullable Long>await(count.toFuture());
        }
    }
}
