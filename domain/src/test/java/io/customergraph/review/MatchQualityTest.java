package io.customergraph.review;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

import java.util.Objects;

class MatchQualityTest {

    @Test
    void an_interval_is_wide_for_few_and_never_leaves_the_possible() {
        Estimate few = Estimate.of(9, 10);
        Estimate many = Estimate.of(900, 1_000);

        assertThat(few.low()).isCloseTo(0.5958, within(0.0005));
        assertThat(few.high()).isCloseTo(0.9821, within(0.0005));
        assertThat(many.high() - many.low()).isLessThan((few.high() - few.low()) / 5);
        assertThat(Estimate.of(5, 5).high()).isCloseTo(1, within(1e-9)).isLessThanOrEqualTo(1);
        assertThat(Estimate.of(0, 5).low()).isCloseTo(0, within(1e-9)).isNotNegative();
    }

    @Test
    void what_was_taken_back_was_wrong_and_what_people_merged_was_missed() {
        MatchQuality quality = new MatchQuality(100, 4, 32, 7);

        assertThat(Objects.requireNonNull(quality.precision()).value()).isEqualTo(0.96);
        assertThat(Objects.requireNonNull(quality.recall()).value()).isEqualTo(0.75);
        assertThat(quality.f1()).isCloseTo(0.842, within(0.001));
    }

    @Test
    void of_nothing_nothing_is_known() {
        MatchQuality nothing = new MatchQuality(0, 0, 0, 3);

        assertThat(nothing.precision()).isNull();
        assertThat(nothing.recall()).isNull();
        assertThat(nothing.f1()).isNull();
    }
}
