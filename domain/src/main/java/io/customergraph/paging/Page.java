package io.customergraph.paging;

import java.util.ArrayList;
import java.util.List;

/** Some items of a list in the list's order, and whether there are more on either side. */
public record Page<T>(List<T> items, boolean hasNext, boolean hasPrevious) {

    /**
     * Makes a page of what a query found.
     *
     * @param found in the query's direction, up to one more than was asked for
     */
    public static <T> Page<T> of(List<T> found, PageRequest request) {
        boolean hasMore = found.size() > request.limit();
        List<T> items = hasMore ? found.subList(0, request.limit()) : found;
        boolean hasCursor = request.cursor() != null;
        return request.isBackward()
                ? new Page<>(new ArrayList<>(items).reversed(), hasCursor, hasMore)
                : new Page<>(items, hasMore, hasCursor);
    }
}
