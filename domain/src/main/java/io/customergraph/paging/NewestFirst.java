package io.customergraph.paging;

import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/** Places in a list whose newest items come first, those of one time by their ids. */
public final class NewestFirst {

    private static final Cursor BEFORE_FIRST =
            place(Instant.parse("9999-12-31T00:00:00Z"), new UUID(-1, -1));
    private static final Cursor AFTER_LAST =
            place(Instant.parse("0001-01-01T00:00:00Z"), new UUID(0, 0));

    private NewestFirst() {}

    /** The place of an item of a time, to the microsecond. */
    public static Cursor place(Instant time, UUID id) {
        return new Cursor(ChronoUnit.MICROS.between(Instant.EPOCH, time), id);
    }

    /** Whether a cursor can be one of such a list. */
    public static boolean isPlace(Cursor cursor) {
        return AFTER_LAST.key() <= cursor.key() && cursor.key() <= BEFORE_FIRST.key();
    }

    /**
     * Binds {@code :time} and {@code :id} to where a page begins, and {@code :limit} to one more
     * than it holds.
     */
    public static GenericExecuteSpec bind(GenericExecuteSpec statement, PageRequest page) {
        Cursor given = page.cursor();
        Cursor edge = page.isBackward() ? AFTER_LAST : BEFORE_FIRST;
        Cursor from = given == null ? edge : given;
        return statement
                .bind("time", Instant.EPOCH.plus(from.key(), ChronoUnit.MICROS))
                .bind("id", from.id())
                .bind("limit", page.limit() + 1);
    }
}
