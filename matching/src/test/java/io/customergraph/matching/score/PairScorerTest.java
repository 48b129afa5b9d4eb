package io.customergraph.matching.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.customergraph.matching.compare.FieldKind;

import org.junit.jupiter.api.Test;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;

class PairScorerTest {

    private final PairScorer scorer =
            new PairScorer(
                    MatchModel.shipped(100_000),
                    new FieldKind.Reading("SA", LocalDate.parse("2026-11-21")));

    private static final Map<FieldKind, List<String>> SARA =
            Map.of(
                    FieldKind.FIRST_NAME, List.of("Sara"),
                    FieldKind.LAST_NAME, List.of("Haddad"),
                    FieldKind.EMAIL, List.of("sara.haddad12@example.com"),
                    FieldKind.PHONE, List.of("0501234567"),
                    FieldKind.BIRTH_DATE, List.of("1990-02-03"));

    private Explanation explain(Map<FieldKind, List<String>> a, Map<FieldKind, List<String>> b) {
        return scorer.explain(scorer.person(a), scorer.person(b));
    }

    private static Explanation.Comparison of(Explanation explanation, FieldKind field) {
        return explanation.comparisons().stream()
                .filter(comparison -> comparison.field() == field)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void the_sum_is_that_of_what_counts() {
        Explanation explanation = explain(SARA, SARA);

        double sum = explanation.prior();
        for (Explanation.Comparison comparison : explanation.comparisons()) {
            sum += comparison.counted();
        }
        assertThat(explanation.bits()).isCloseTo(sum, within(1e-9));
        assertThat(explanation.probability()).isGreaterThan(0.999999);
        assertThat(explanation.model()).isEqualTo(MatchModel.SHIPPED);
        assertThat(explanation.comparisons()).hasSize(10);
        assertThat(of(explanation, FieldKind.CITY).level()).isEqualTo("MISSING");
    }

    @Test
    void two_people_of_one_name_stay_two() {
        Explanation explanation =
                explain(
                        SARA,
                        Map.of(
                                FieldKind.FIRST_NAME, List.of("Sara"),
                                FieldKind.LAST_NAME, List.of("Haddad"),
                                FieldKind.EMAIL, List.of("sara.haddad98@example.com"),
                                FieldKind.BIRTH_DATE, List.of("1961-11-30")));

        assertThat(explanation.probability()).isLessThan(0.05);
        assertThat(of(explanation, FieldKind.EMAIL).level()).isEqualTo("SIMILAR");
        assertThat(of(explanation, FieldKind.EMAIL).weight()).isPositive();
        assertThat(of(explanation, FieldKind.EMAIL).counted()).isZero();
    }

    @Test
    void one_person_is_found_with_names_swapped_and_another_address() {
        Explanation explanation =
                explain(
                        SARA,
                        Map.of(
                                FieldKind.FIRST_NAME, List.of("Haddad"),
                                FieldKind.LAST_NAME, List.of("سارة", "Sara"),
                                FieldKind.EMAIL, List.of("office@example.com", "sara@example.org"),
                                FieldKind.PHONE, List.of("+966 50 123 4567")));

        assertThat(of(explanation, FieldKind.FIRST_NAME).level()).isEqualTo("SWAPPED");
        assertThat(of(explanation, FieldKind.LAST_NAME).level()).isEqualTo("SWAPPED");
        assertThat(explanation.probability()).isGreaterThan(0.8);
    }

    @Test
    void the_closest_of_several_values_counts() {
        Explanation explanation =
                explain(
                        SARA,
                        Map.of(
                                FieldKind.PHONE,
                                List.of("+966559999999", "00966501234567", "+966558888888")));

        assertThat(of(explanation, FieldKind.PHONE).level()).isEqualTo("EXACT");
        assertThat(of(explanation, FieldKind.PHONE).b()).isEqualTo("+966501234567");
    }

    @Test
    void an_explanation_is_the_same_both_ways() {
        Map<FieldKind, List<String>> omar =
                Map.of(
                        FieldKind.FIRST_NAME, List.of("Omar"),
                        FieldKind.EMAIL, List.of("sara.hadad12@example.com"));

        assertThat(explain(SARA, omar).bits()).isEqualTo(explain(omar, SARA).bits());
    }

    @Test
    void what_says_a_place_three_times_counts_little_more_than_once() {
        Map<FieldKind, List<String>> place =
                Map.of(
                        FieldKind.CITY, List.of("Jeddah"),
                        FieldKind.POSTCODE, List.of("23442"),
                        FieldKind.ADDRESS, List.of("12 King Fahd Road"));

        Explanation explanation = explain(place, place);

        double weights =
                explanation.comparisons().stream()
                        .mapToDouble(Explanation.Comparison::weight)
                        .sum();
        assertThat(explanation.bits() - explanation.prior()).isLessThan(weights * 0.7);
    }
}
