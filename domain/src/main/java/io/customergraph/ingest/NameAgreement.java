package io.customergraph.ingest;

import io.customergraph.matching.compare.NameComparator;
import io.customergraph.matching.normalize.PersonName;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Whether two who share a phone may be one person, by their names. Families share phones, so that a
 * phone alone does not make one person of two who are clearly called otherwise.
 */
enum NameAgreement {
    /** The same name, or a short form of it. */
    SAME,
    /** Nothing speaks against it. */
    POSSIBLE,
    /** Clearly two people. */
    CONTRADICTION;

    private static final NameComparator GIVEN = NameComparator.ofGivenNames();
    private static final NameComparator FAMILY = NameComparator.ofFamilyNames();
    private static final int ALIKE = level("TYPO");
    private static final int DIFFERENT = level("DIFFERENT");

    private static int level(String name) {
        for (int level = 0; level < GIVEN.levels().size(); level++) {
            if (GIVEN.levels().get(level).name().equals(name)) {
                return level;
            }
        }
        throw new IllegalStateException("No level " + name);
    }

    /** A name, ready to be compared; its parts are null where they are not known. */
    record Named(
            NameComparator.@Nullable Name given,
            NameComparator.@Nullable Name family,
            List<NameComparator.Name> parts) {

        static Named of(PersonName name) {
            return of(name.given(), name.family());
        }

        static Named of(@Nullable String first, @Nullable String last) {
            NameComparator.Name given = first == null ? null : GIVEN.prepare(first);
            NameComparator.Name family = last == null ? null : FAMILY.prepare(last);
            return new Named(
                    given, family, Stream.of(given, family).filter(Objects::nonNull).toList());
        }
    }

    static NameAgreement of(Named a, Named b) {
        if (a.parts.isEmpty() || b.parts.isEmpty()) {
            return POSSIBLE;
        }
        if (a.given != null && b.given != null) {
            if (isSwapped(a.given, b.family) || isSwapped(b.given, a.family)) {
                return POSSIBLE;
            }
            int given = GIVEN.compare(a.given, b.given);
            if (given == DIFFERENT || isAnotherFamily(a, b)) {
                return CONTRADICTION;
            }
            return given <= ALIKE ? SAME : POSSIBLE;
        }
        return a.parts.stream()
                        .anyMatch(
                                one ->
                                        b.parts.stream()
                                                .anyMatch(
                                                        other ->
                                                                FAMILY.compare(one, other)
                                                                        != DIFFERENT))
                ? POSSIBLE
                : CONTRADICTION;
    }

    private static boolean isAnotherFamily(Named a, Named b) {
        return a.family != null
                && b.family != null
                && FAMILY.compare(a.family, b.family) == DIFFERENT;
    }

    private static boolean isSwapped(
            NameComparator.Name given, NameComparator.@Nullable Name family) {
        return family != null && FAMILY.compare(given, family) <= ALIKE;
    }
}
