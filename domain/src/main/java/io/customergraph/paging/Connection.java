package io.customergraph.paging;

import io.r2dbc.spi.Readable;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.LongFunction;
import java.util.function.ToIntFunction;
import java.util.function.ToLongFunction;

/**
 * A list of children under each parent that is read in pages.
 *
 * @param name unique among all reads: the field that it answers
 * @param forward the statement for pages towards the list's end
 * @param backward the same towards its beginning
 * @param count how many children each parent has
 * @param read makes a child of a row, whose first column is the parent
 * @param key what the list is ordered by, as a cursor keeps it
 * @param id tells children with equal keys apart
 * @param parameter a cursor's key as the statement takes it
 * @param start the cursor before the first child
 * @param end the cursor after the last child
 * @param isOfKinds whether the statements take the kinds wanted, or null, as their last parameter
 */
public record Connection<T>(
        String name,
        String forward,
        String backward,
        String count,
        Function<Readable, T> read,
        ToLongFunction<T> key,
        Function<T, UUID> id,
        LongFunction<Object> parameter,
        Cursor start,
        Cursor end,
        boolean isOfKinds) {

    private static final UUID LEAST_ID = new UUID(0, 0);
    private static final UUID GREATEST_ID = new UUID(-1, -1);
    private static final Cursor LONG_AGO =
            new Cursor(micros(Instant.parse("0001-01-01T00:00:00Z")), LEAST_ID);
    private static final Cursor FAR_AHEAD =
            new Cursor(micros(Instant.parse("9999-12-31T00:00:00Z")), GREATEST_ID);

    /**
     * A list ordered by a time, the latest first.
     *
     * @param sql selects the parent, then the child's columns. {@code $1} is the tenant, {@code $2}
     *     the array of parents, {@code ($3, $4)} the time and id to start from, {@code $5} how
     *     many; {@code %1$s} stands for the comparison and {@code %2$s} for the order
     * @param count selects the parent and its number of children
     */
    public static <T> Connection<T> newestFirst(
            String name,
            String sql,
            String count,
            Function<Readable, T> read,
            Function<T, Instant> time,
            Function<T, UUID> id) {
        return new Connection<>(
                name,
                sql.formatted("<", "DESC"),
                sql.formatted(">", "ASC"),
                count,
                read,
                item -> micros(time.apply(item)),
                id,
                Connection::instant,
                FAR_AHEAD,
                LONG_AGO,
                false);
    }

    /** The same list, of children of several kinds that can be asked for. */
    public Connection<T> ofKinds() {
        return new Connection<>(
                name, forward, backward, count, read, key, id, parameter, start, end, true);
    }

    /** A list ordered by an integer from 0; the statement is as for {@link #newestFirst}. */
    public static <T> Connection<T> inSequence(
            String name,
            String sql,
            String count,
            Function<Readable, T> read,
            ToIntFunction<T> position,
            Function<T, UUID> id) {
        return new Connection<>(
                name,
                sql.formatted(">", "ASC"),
                sql.formatted("<", "DESC"),
                count,
                read,
                position::applyAsInt,
                id,
                Math::toIntExact,
                new Cursor(-1, GREATEST_ID),
                new Cursor(Integer.MAX_VALUE, GREATEST_ID),
                false);
    }

    /** The place of an item in the list. */
    public Cursor cursor(T item) {
        return new Cursor(key.applyAsLong(item), id.apply(item));
    }

    /** Whether an item could be there; a statement takes no other cursor. */
    public boolean isPlace(Cursor cursor) {
        return Math.min(start.key(), end.key()) <= cursor.key()
                && cursor.key() <= Math.max(start.key(), end.key());
    }

    /** Where a request starts when it names no cursor. */
    Cursor edge(boolean isBackward) {
        return isBackward ? end : start;
    }

    private static long micros(Instant time) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, time);
    }

    private static Instant instant(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }
}
