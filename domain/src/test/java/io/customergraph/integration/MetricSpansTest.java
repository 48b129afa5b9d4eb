package io.customergraph.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.customergraph.paging.Cursor;
import io.customergraph.paging.PageRequest;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

class MetricSpansTest {

    private static final Instant THREE = Instant.parse("2026-05-01T03:00:00Z");

    private final MetricSpans hours =
            MetricSpans.hours(
                    new TimeSpan(
                            Instant.parse("2026-05-01T00:30:00Z"),
                            Instant.parse("2026-05-01T04:00:00Z")));

    @Test
    void every_hour_that_a_span_touches_is_there_and_no_other() {
        assertThat(hours.count()).isEqualTo(4);
        assertThat(page(10, false, null)).containsExactly(THREE, before(1), before(2), before(3));
    }

    @Test
    void a_day_begins_at_midnight_of_utc() {
        MetricSpans days =
                MetricSpans.days(
                        new TimeSpan(
                                Instant.parse("2026-04-30T23:59:59Z"),
                                Instant.parse("2026-05-01T00:00:01Z")));

        assertThat(days.page(PageRequest.first(5)))
                .containsExactly(
                        Instant.parse("2026-05-01T00:00:00Z"),
                        Instant.parse("2026-04-30T00:00:00Z"));
        assertThat(days.count()).isEqualTo(2);
    }

    @Test
    void a_page_goes_on_after_its_cursor_in_both_directions() {
        assertThat(page(1, false, null)).containsExactly(THREE, before(1));
        assertThat(page(5, false, MetricSpans.cursor(before(2)))).containsExactly(before(3));
        assertThat(page(5, true, MetricSpans.cursor(before(2)))).containsExactly(before(1), THREE);
        assertThat(page(1, true, null)).containsExactly(before(3), before(2));
    }

    @Test
    void a_cursor_from_before_or_after_the_span_costs_no_walk_to_it() {
        Cursor longAgo = MetricSpans.cursor(Instant.parse("1970-01-01T00:00:00Z"));
        Cursor farAhead = MetricSpans.cursor(Instant.parse("9000-01-01T00:00:00Z"));

        assertThat(page(5, false, farAhead)).startsWith(THREE).hasSize(4);
        assertThat(page(5, false, longAgo)).isEmpty();
        assertThat(page(5, true, longAgo)).startsWith(before(3)).hasSize(4);
        assertThat(page(5, true, farAhead)).isEmpty();
    }

    @Test
    void only_the_beginning_of_an_hour_is_a_place() {
        assertThat(hours.isPlace(MetricSpans.cursor(THREE))).isTrue();
        assertThat(hours.isPlace(new Cursor(THREE.getEpochSecond() + 1, new UUID(0, 0)))).isFalse();
        assertThat(hours.isPlace(new Cursor(THREE.getEpochSecond(), new UUID(0, 1)))).isFalse();
        assertThat(hours.isPlace(new Cursor(Long.MIN_VALUE, new UUID(0, 0)))).isFalse();
    }

    @Test
    void a_span_is_of_ninety_days_at_most_and_does_not_end_before_it_begins() {
        assertThatThrownBy(() -> new TimeSpan(THREE, THREE))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new TimeSpan(THREE, THREE.plus(TimeSpan.LONGEST).plusNanos(1)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private List<Instant> page(int limit, boolean isBackward, @Nullable Cursor cursor) {
        return hours.page(new PageRequest(limit, isBackward, cursor, null));
    }

    private static Instant before(int hoursBefore) {
        return THREE.minus(Duration.ofHours(hoursBefore));
    }
}
