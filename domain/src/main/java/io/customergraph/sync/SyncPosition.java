package io.customergraph.sync;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/**
 * Where a pass stands.
 *
 * @param since what changed at this time or later is read; null for everything there is
 * @param page the provider's or the reader's own word for the next page; null for the first
 */
public record SyncPosition(@Nullable Instant since, @Nullable String page) {

    /** The longest word for a page. */
    public static final int LONGEST_PAGE = 2_000;

    public SyncPosition {
        if (page != null && page.length() > LONGEST_PAGE) {
            throw new IllegalArgumentException("A page's name is too long to be kept");
        }
    }
}
