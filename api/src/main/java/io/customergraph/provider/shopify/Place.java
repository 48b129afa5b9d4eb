package io.customergraph.provider.shopify;

import io.customergraph.sync.SyncPosition;

import org.jspecify.annotations.Nullable;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;

/** Where a pass over a shop stands; as a word, so that it can be written down. */
sealed interface Place {

    /** What pages are read by. */
    enum Api {
        GRAPHQL,
        REST
    }

    /**
     * Between two pages. Shopify gives no more than 25,000 records by one row of pages, so that a
     * new row begins before that, with what changed since the last record of this one.
     *
     * @param size how many records the next page is to have
     * @param read how many came by this row of pages
     * @param latest the newest time of a change that was seen; null before the first
     * @param cursor the shop's name of the next page; null for the first of a row
     */
    record Pages(Api api, int size, int read, @Nullable Instant latest, @Nullable String cursor)
            implements Place {

        static final int MOST = 250;
        private static final int ROW = 20_000;

        public Pages {
            size = Math.clamp(size, 1, MOST);
        }

        /** The first one. */
        static Pages first(Api api, int size) {
            return new Pages(api, size, 0, null, null);
        }

        Pages sized(int other) {
            return new Pages(api, other, read, latest, cursor);
        }

        /** After a page of so many, by the newest time in it. */
        SyncPosition next(
                @Nullable Instant since, int count, @Nullable Instant newest, String nextCursor) {
            Pages next = new Pages(api, size, read + count, later(latest, newest), nextCursor);
            return next.read >= ROW && next.isFurtherThan(since)
                    ? next.anew()
                    : new SyncPosition(since, next.word());
        }

        boolean isFurtherThan(@Nullable Instant since) {
            return latest != null && (since == null || latest.isAfter(since));
        }

        /** A new row of pages. */
        SyncPosition anew() {
            return new SyncPosition(latest, new Pages(api, size, 0, latest, null).word());
        }

        private static @Nullable Instant later(@Nullable Instant one, @Nullable Instant other) {
            return one == null || (other != null && other.isAfter(one)) ? other : one;
        }

        @Override
        public String word() {
            return String.join(
                    " ",
                    api.name(),
                    Integer.toString(size),
                    Integer.toString(read),
                    latest == null ? NONE : latest.toString(),
                    cursor == null ? NONE : cursor);
        }
    }

    /**
     * In the file of a bulk operation.
     *
     * @param operation its global id
     * @param offset how many bytes of the file were read
     */
    record Bulk(String operation, long offset) implements Place {

        static final String NAME = "BULK";

        @Override
        public String word() {
            return String.join(" ", NAME, operation, Long.toString(offset));
        }
    }

    /** In place of what is not there. */
    String NONE = "-";

    /** What is written down. */
    String word();

    /**
     * Where a pass stands.
     *
     * @return null where it begins, or nobody can read where it stands any more
     */
    static @Nullable Place of(SyncPosition position) {
        String word = position.page();
        if (word == null) {
            return null;
        }
        List<String> parts = List.of(word.split(" ", 5));
        try {
            if (parts.size() == 3 && parts.getFirst().equals(Bulk.NAME)) {
                return new Bulk(parts.get(1), Long.parseLong(parts.get(2)));
            }
            if (parts.size() == 5) {
                return new Pages(
                        Api.valueOf(parts.get(0)),
                        Integer.parseInt(parts.get(1)),
                        Integer.parseInt(parts.get(2)),
                        parts.get(3).equals(NONE) ? null : Instant.parse(parts.get(3)),
                        parts.get(4).equals(NONE) ? null : parts.get(4));
            }
            return null;
        } catch (IllegalArgumentException | DateTimeException noPlace) {
            return null;
        }
    }
}
