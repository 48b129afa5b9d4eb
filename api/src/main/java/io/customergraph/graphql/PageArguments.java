package io.customergraph.graphql;

import graphql.schema.DataFetchingEnvironment;

import io.customergraph.paging.Connection;
import io.customergraph.paging.PageRequest;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * The arguments of a connection, checked.
 *
 * @param cursor as the client sent it; null for an end of the list
 */
record PageArguments(int limit, boolean isBackward, @Nullable String cursor) {

    private static final int DEFAULT_LIMIT = 10;

    static PageArguments of(DataFetchingEnvironment environment) {
        Integer first = environment.getArgument("first");
        Integer last = environment.getArgument("last");
        String after = environment.getArgument("after");
        String before = environment.getArgument("before");
        if (first != null && last != null) {
            throw invalid("Give `first` or `last`, not both");
        }
        if ((last == null && before != null) || (last != null && after != null)) {
            throw invalid("`after` goes with `first`, and `before` with `last`");
        }
        if (last != null) {
            return new PageArguments(checked("last", last), true, before);
        }
        return new PageArguments(
                first == null ? DEFAULT_LIMIT : checked("first", first), false, after);
    }

    private static int checked(String argument, int limit) {
        if (limit < 0 || limit > PageRequest.MAX_LIMIT) {
            throw invalid(
                    "`%s` is 0 to %d; more is on further pages"
                            .formatted(argument, PageRequest.MAX_LIMIT));
        }
        return limit;
    }

    PageRequest request(Connection<?> list, @Nullable List<String> kinds) {
        return new PageRequest(
                limit, isBackward, cursor == null ? null : CursorText.decode(list, cursor), kinds);
    }

    private static InvalidRequest invalid(String message) {
        return new InvalidRequest(InvalidRequest.Code.INVALID_PAGE, message);
    }
}
