package io.customergraph.matching.dedupe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class QualityTest {

    @Test
    void pairs_and_records_are_counted_as_the_definitions_say() {
        // Groups {0 1 2} {3 4}; truth {0 1} {2 3 4}: pairs found 4, real 4, right 2.
        int[] groups = {0, 0, 0, 1, 1};
        int[] truth = {7, 7, 8, 8, 8};

        Quality quality = Quality.of(5, record -> groups[record], record -> truth[record]);

        assertThat(quality.groups()).isEqualTo(2);
        assertThat(quality.precision()).isEqualTo(0.5);
        assertThat(quality.recall()).isEqualTo(0.5);
        assertThat(quality.f1()).isEqualTo(0.5);
        // Records' precisions 2/3 2/3 1/3 1 1; recalls 1 1 1/3 2/3 2/3.
        assertThat(quality.bCubedPrecision()).isCloseTo(11.0 / 15, within(1e-12));
        assertThat(quality.bCubedRecall()).isCloseTo(11.0 / 15, within(1e-12));
    }

    @Test
    void of_nobody_twice_all_is_right() {
        Quality quality = Quality.of(3, record -> record, record -> record);

        assertThat(quality.precision()).isEqualTo(1);
        assertThat(quality.recall()).isEqualTo(1);
    }
}
