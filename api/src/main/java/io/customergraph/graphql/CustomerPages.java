package io.customergraph.graphql;

import graphql.schema.DataFetchingEnvironment;

import io.customergraph.customer.CustomerFilter;
import io.customergraph.customer.CustomerList;
import io.customergraph.customer.CustomerListCursor;
import io.customergraph.customer.CustomerSort;
import io.customergraph.paging.Page;
import io.customergraph.paging.PageRequest;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import reactor.core.publisher.Mono;
import reactor.util.context.Context;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Pages of the tenant's customers. */
@Component
public final class CustomerPages {

    private final CustomerList list;

    CustomerPages(CustomerList list) {
        this.list = list;
    }

    /** The page that the field's arguments ask for. */
    public Mono<ConnectionPage> of(
            DataFetchingEnvironment environment,
            @Nullable String query,
            CustomerFilter filter,
            CustomerSort sort) {
        PageArguments arguments = PageArguments.of(environment);
        String name = "customers by " + (query == null ? sort : "rank");
        String text = arguments.cursor();
        CustomerListCursor cursor = text == null ? null : CursorText.decodeOfCustomers(name, text);
        if (cursor != null && !CustomerList.isPlace(cursor, query, sort)) {
            throw CursorText.invalid();
        }
        CustomerList.Request request =
                new CustomerList.Request(
                        query, filter, sort, arguments.limit(), arguments.isBackward(), cursor);
        PageRequest page =
                new PageRequest(
                        arguments.limit(),
                        arguments.isBackward(),
                        cursor == null ? null : new io.customergraph.paging.Cursor(0, cursor.id()),
                        null);
        return Mono.deferContextual(
                context ->
                        list.entries(request)
                                .map(
                                        found ->
                                                new CustomerPage(
                                                        name,
                                                        Page.of(found, page),
                                                        list.count(request)
                                                                .contextWrite(
                                                                        Context.of(context)))));
    }

    private record CustomerPage(String list, Page<CustomerList.Entry> page, Mono<Long> count)
            implements ConnectionPage {

        @Override
        public List<?> nodes() {
            return page.items().stream().map(CustomerList.Entry::customer).toList();
        }

        @Override
        public String cursor(int index) {
            return CursorText.encode(list, page.items().get(index).cursor());
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
