package io.customergraph.matching.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;

class CalibratingTest {

    /** Pairs whose real odds are a line of what the model says. */
    private static List<Calibrating.Label> labels(int pairs, double slope, double intercept) {
        Random random = new Random(11);
        List<Calibrating.Label> labels = new ArrayList<>();
        for (int n = 0; n < pairs; n++) {
            double bits = random.nextDouble() * 12 - 3;
            double real = MatchModel.probability(slope * bits + intercept);
            labels.add(new Calibrating.Label(bits, random.nextDouble() < real));
        }
        return labels;
    }

    @Test
    void a_model_that_is_too_sure_is_found_out() {
        Calibration calibration = Calibrating.fit(labels(5_000, 0.5, -1));

        assertThat(calibration.slope()).isCloseTo(0.5, within(0.05));
        assertThat(calibration.intercept()).isCloseTo(-1, within(0.2));
        assertThat(Objects.requireNonNull(calibration.brierAfter()))
                .isLessThan(Objects.requireNonNull(calibration.brierBefore()) - 0.01);
        assertThat(calibration.confirmed() + calibration.rejected()).isEqualTo(5_000);
    }

    @Test
    void a_model_that_is_right_stays_as_it_is() {
        Calibration calibration = Calibrating.fit(labels(5_000, 1, 0));

        assertThat(calibration.slope()).isCloseTo(1, within(0.06));
        assertThat(calibration.intercept()).isCloseTo(0, within(0.2));
    }

    @Test
    void few_decisions_move_it_less_than_many_and_too_few_not_at_all() {
        List<Calibrating.Label> many = labels(5_000, 0.4, -2);
        List<Calibrating.Label> few = many.subList(0, 160);

        Calibration little = Calibrating.fit(few);
        Calibration much = Calibrating.fit(many);

        assertThat(little.slope()).isBetween(much.slope(), 1.0);
        assertThat(little.slope()).isLessThan(1);
        Calibration none = Calibrating.fit(many.subList(0, 60));
        assertThat(none.slope()).isEqualTo(1);
        assertThat(none.intercept()).isZero();
        assertThat(none.brierAfter()).isNull();
        assertThat(none.confirmed() + none.rejected()).isEqualTo(60);
    }

    @Test
    void forty_nine_of_one_kind_are_too_few_and_fifty_are_enough() {
        List<Calibrating.Label> labels = new ArrayList<>();
        for (int n = 0; n < 49; n++) {
            labels.add(new Calibrating.Label(3, true));
        }
        for (int n = 0; n < 500; n++) {
            labels.add(new Calibrating.Label(1, false));
        }
        assertThat(Calibrating.fit(labels).intercept()).isZero();

        labels.add(new Calibrating.Label(3, true));

        assertThat(Calibrating.fit(labels).intercept()).isNegative();
    }

    @Test
    void whatever_people_say_the_order_of_pairs_stays() {
        List<Calibrating.Label> perverse = new ArrayList<>();
        for (int n = 0; n < 3_000; n++) {
            perverse.add(new Calibrating.Label(n % 2 == 0 ? -8 : 8, n % 2 == 0));
        }
        perverse.add(new Calibrating.Label(Double.POSITIVE_INFINITY, false));

        Calibration calibration = Calibrating.fit(perverse);

        assertThat(calibration.slope()).isPositive();
        assertThat(calibration.calibrated(3)).isGreaterThan(calibration.calibrated(2));
        assertThat(calibration.raw(calibration.calibrated(3))).isCloseTo(3, within(1e-9));
    }

    @Test
    void who_confirms_nearly_everything_in_the_queue_makes_no_strangers_one() {
        List<Calibrating.Label> labels = new ArrayList<>();
        Random random = new Random(3);
        for (int n = 0; n < 9_060; n++) {
            labels.add(new Calibrating.Label(-3 + 10 * random.nextDouble(), n >= 60));
        }

        Calibration calibration = Calibrating.fit(labels);

        assertThat(MatchModel.probability(calibration.calibrated(-12)))
                .as(calibration.toString())
                .isLessThan(0.5);
    }
}
