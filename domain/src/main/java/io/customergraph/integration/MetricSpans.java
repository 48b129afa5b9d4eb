package io.customergraph.integration;

import io.customergraph.paging.Cursor;
import io.customergraph.paging.PageRequest;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * The hours, or days of UTC, that a span of time touches, the newest first.
 *
 * @param first the beginning of the oldest of them
 * @param end of the newest of them
 * @param length an hour or a day
 */
public record MetricSpans(Instant first, Instant end, Duration length) {

    private static final UUID NO_ID = new UUID(0, 0);

    /** The whole hours that touch a span. */
    public static MetricSpans hours(TimeSpan span) {
        return of(span, ChronoUnit.HOURS);
    }

    /** The whole days of UTC that touch a span. */
    public static MetricSpans days(TimeSpan span) {
        return of(span, ChronoUnit.DAYS);
    }

    private static MetricSpans of(TimeSpan span, ChronoUnit unit) {
        Instant last = span.to().minusNanos(1).truncatedTo(unit);
        return new MetricSpans(
                span.from().truncatedTo(unit), last.plus(unit.getDuration()), unit.getDuration());
    }

    /** How many there are. */
    public long count() {
        return Duration.between(first, end).dividedBy(length);
    }

    /** The place of one that begins at a time. */
    public static Cursor cursor(Instant start) {
        return new Cursor(start.getEpochSecond(), NO_ID);
    }

    /** Whether a cursor can be one of a list of such. */
    public boolean isPlace(Cursor cursor) {
        return cursor.id().equals(NO_ID)
                && Math.floorMod(cursor.key(), length.toSeconds()) == 0
                && Math.abs(cursor.key()) < Instant.parse("9999-01-01T00:00:00Z").getEpochSecond();
    }

    /** The beginnings of up to one more than the limit, in the direction of the page. */
    List<Instant> page(PageRequest page) {
        Cursor cursor = page.cursor();
        List<Instant> starts = new ArrayList<>();
        Duration step = page.isBackward() ? length : length.negated();
        Instant edge = page.isBackward() ? first : end.minus(length);
        Instant next =
                cursor == null
                        ? edge
                        : nearest(edge, Instant.ofEpochSecond(cursor.key()).plus(step), page);
        while (starts.size() <= page.limit() && !next.isBefore(first) && next.isBefore(end)) {
            starts.add(next);
            next = next.plus(step);
        }
        return starts;
    }

    /** Where a cursor is of another span, the list begins at its own edge. */
    private static Instant nearest(Instant edge, Instant next, PageRequest page) {
        return page.isBackward() == next.isBefore(edge) ? edge : next;
    }
}
