package io.customergraph.paging;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * Which part of a list is wanted.
 *
 * @param limit 0 to {@link #MAX_LIMIT}
 * @param isBackward from the end towards the beginning; items still come in the list's order
 * @param cursor where to start, exclusively; null for an end of the list
 * @param kinds of items, for a list of several kinds; null for all
 */
public record PageRequest(
        int limit, boolean isBackward, @Nullable Cursor cursor, @Nullable List<String> kinds) {

    public static final int MAX_LIMIT = 100;

    public PageRequest {
        if (limit < 0 || limit > MAX_LIMIT) {
            throw new IllegalArgumentException("A page holds 0 to " + MAX_LIMIT);
        }
    }

    public static PageRequest first(int limit) {
        return new PageRequest(limit, false, null, null);
    }
}
