package io.customergraph.matching.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.Random;

class ComparatorsTest {

    private static final FieldKind.Reading READING =
            new FieldKind.Reading("SA", LocalDate.parse("2026-11-21"));

    @SuppressWarnings("unchecked")
    private static ValueComparator<Prepared> comparator(FieldKind kind) {
        return (ValueComparator<Prepared>) kind.comparator(READING);
    }

    private static String level(FieldKind kind, String a, String b) {
        ValueComparator<Prepared> comparator = comparator(kind);
        Prepared preparedA = Objects.requireNonNull(comparator.prepare(a), a);
        Prepared preparedB = Objects.requireNonNull(comparator.prepare(b), b);
        int level = comparator.compare(preparedA, preparedB);
        assertThat(comparator.compare(preparedB, preparedA)).as("symmetric").isEqualTo(level);
        return comparator.levels().get(level).name();
    }

    @ParameterizedTest
    @CsvSource({
        "FIRST_NAME, Mohamed, محمد, EXACT",
        "FIRST_NAME, José, JOSE, EXACT",
        "FIRST_NAME, Bob, Robert, NICKNAME",
        "FIRST_NAME, Robert, Roberto, NICKNAME",
        "FIRST_NAME, Katherine, Katharine, NICKNAME",
        "FIRST_NAME, Michelle, Michele, TYPO",
        "FIRST_NAME, J., Johann, INITIAL",
        "FIRST_NAME, Anna Maria, Anna, PART",
        "FIRST_NAME, Omar, Layla, DIFFERENT",
        "LAST_NAME, Al-Harbi, الحربي, EXACT",
        "LAST_NAME, Smith, Smyth, TYPO",
        "LAST_NAME, Garcia Lopez, Lopez, PART",
        "LAST_NAME, Smith, Nguyen, DIFFERENT",
        "BIRTH_DATE, 1971-06-24, 24/06/1971, EXACT",
        "BIRTH_DATE, 19710624, 1971-06-24, EXACT",
        "BIRTH_DATE, 1971-06-24, 1971-06-25, ONE_EDIT",
        "BIRTH_DATE, 1971-05-04, 1971-04-05, ONE_EDIT",
        "BIRTH_DATE, 1971-06-24, 1971-60-24, ONE_EDIT",
        "BIRTH_DATE, 1971-06-24, 1978-06-24, ONE_EDIT",
        "BIRTH_DATE, 1971-06-24, 1982-06-24, TWO_PARTS",
        "BIRTH_DATE, 1971-06-24, 1971-11-02, SAME_YEAR",
        "BIRTH_DATE, 1971-06-24, 1979-11-02, NEAR",
        "BIRTH_DATE, 1971-06-24, 2001-11-02, DIFFERENT",
        "EMAIL, Sara.H@Gmail.com, sara.h@gmail.com, EXACT",
        "EMAIL, sara.h@gmail.com, sarah+shop@googlemail.com, SAME_MAILBOX",
        "EMAIL, sara.haddad@acme.com, sara.hadad@acme.com, ONE_EDIT",
        "EMAIL, sara.haddad@acme.com, sara.haddad@yahoo.com, SAME_LOCAL",
        "EMAIL, sara.haddad12@acme.com, sara.haddad98@acme.com, SIMILAR",
        "EMAIL, sara@acme.com, omar@acme.com, DIFFERENT",
        "PHONE, 0501234567, +966 50 123 4567, EXACT",
        "PHONE, +971501234567, 0501234567, SAME_END",
        "PHONE, 0501234567, 0501234568, ONE_EDIT",
        "PHONE, 0501234567, 0559876543, DIFFERENT",
        "POSTCODE, TQ13 8DF, tq138df, EXACT",
        "POSTCODE, TQ13 8DF, TQ13 8DG, ONE_EDIT",
        "POSTCODE, TQ13 8DF, TQ13 4XY, SAME_AREA",
        "POSTCODE, TQ13 8DF, EX1 2AB, DIFFERENT",
        "CITY, Jeddah, JEDDAH, EXACT",
        "CITY, Jeddah, Jedah, TYPO",
        "ADDRESS, 12 King Fahd Road, King Fahd Road 12, MOST_WORDS",
        "ADDRESS, 12 King Fahd Road, 7 Nile Street, DIFFERENT",
        "EXTERNAL_ID, 10-2345-678, 102345678, EXACT",
        "EXTERNAL_ID, 102345678, 102345687, ONE_EDIT",
        "CATEGORY, Female, female, EXACT",
        "CATEGORY, female, male, DIFFERENT",
    })
    void two_values_agree_as_a_person_would_say(FieldKind kind, String a, String b, String level) {
        assertThat(level(kind, a, b)).isEqualTo(level);
    }

    @ParameterizedTest
    @CsvSource({
        "BIRTH_DATE, 2031-01-01",
        "BIRTH_DATE, 24/13/1971",
        "BIRTH_DATE, yesterday",
        "BIRTH_DATE, 0001-01-01",
        "EMAIL, test@test.com",
        "PHONE, 0000000000",
        "PHONE, 12",
        "FIRST_NAME, ---",
        "POSTCODE, --",
        "EXTERNAL_ID, //",
    })
    void what_says_nothing_compares_with_nothing(FieldKind kind, String value) {
        assertThat(comparator(kind).prepare(value)).isNull();
    }

    @ParameterizedTest
    @EnumSource(FieldKind.class)
    void any_text_at_all_compares_and_alike_both_ways(FieldKind kind) {
        ValueComparator<Prepared> comparator = comparator(kind);
        Random random = new Random(7);
        for (int round = 0; round < 2_000; round++) {
            Prepared a = comparator.prepare(text(random));
            Prepared b = comparator.prepare(text(random));
            if (a != null && b != null) {
                int level = comparator.compare(a, b);
                assertThat(level).isBetween(0, comparator.levels().size() - 1);
                assertThat(comparator.compare(b, a)).isEqualTo(level);
                assertThat(comparator.compare(a, a)).isZero();
                assertThat(level == 0).isEqualTo(a.term().equals(b.term()));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(FieldKind.class)
    void the_shipped_probabilities_are_those_of_all_that_can_happen(FieldKind kind) {
        List<Level> levels = comparator(kind).levels();
        assertThat(levels.stream().mapToDouble(Level::m).sum()).isCloseTo(1, within(0.001));
        assertThat(levels.stream().mapToDouble(Level::u).sum()).isCloseTo(1, within(0.02));
        assertThat(levels.stream().map(Level::name)).doesNotHaveDuplicates();
        assertThat(levels).hasSizeLessThan(15);
    }

    /** Letters, digits, punctuation, other scripts, halves of surrogate pairs. */
    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        int length = random.nextInt(random.nextInt(20) == 0 ? 300 : 14);
        for (int i = 0; i < length; i++) {
            text.append(
                    switch (random.nextInt(6)) {
                        case 0 -> (char) ('0' + random.nextInt(10));
                        case 1 -> "@.-+ /'".charAt(random.nextInt(7));
                        case 2 -> (char) (0x0620 + random.nextInt(0x60));
                        case 3 -> (char) random.nextInt(0x10000);
                        default -> (char) ('a' + random.nextInt(6));
                    });
        }
        return text.toString();
    }

    @Test
    void similarity_is_that_of_the_published_examples() {
        // W. E. Winkler, Overview of Record Linkage and Current Research Directions (2006), table
        // 6.
        assertThat(TextDistance.jaroWinkler("SHACKLEFORD", "SHACKELFORD"))
                .isCloseTo(0.982, within(0.001));
        assertThat(TextDistance.jaroWinkler("DUNNINGHAM", "CUNNIGHAM"))
                .isCloseTo(0.896, within(0.001));
        assertThat(TextDistance.jaroWinkler("NICHLESON", "NICHULSON"))
                .isCloseTo(0.956, within(0.001));
        assertThat(TextDistance.jaroWinkler("MASSEY", "MASSIE")).isCloseTo(0.933, within(0.001));
        assertThat(TextDistance.jaroWinkler("JERALDINE", "GERALDINE"))
                .isCloseTo(0.926, within(0.001));
        assertThat(TextDistance.jaroWinkler("MARHTA", "MARTHA")).isCloseTo(0.961, within(0.001));
        assertThat(TextDistance.jaroWinkler("", "a")).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "abcd, abcd, true",
        "abcd, abd, true",
        "abcd, abcde, true",
        "abcd, abxd, true",
        "abcd, acbd, true",
        "abcd, dbca, false",
        "abcd, ab, false",
        "abcd, acbx, false",
    })
    void one_edit_inserts_deletes_substitutes_or_swaps(String a, String b, boolean isOne) {
        assertThat(TextDistance.isWithinOneEdit(a, b)).isEqualTo(isOne);
        assertThat(TextDistance.isWithinOneEdit(b, a)).isEqualTo(isOne);
    }
}
