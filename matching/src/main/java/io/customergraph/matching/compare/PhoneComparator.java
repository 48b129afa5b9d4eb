package io.customergraph.matching.compare;

import io.customergraph.matching.normalize.Phone;
import io.customergraph.matching.normalize.Quality;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Optional;

/**
 * Compares telephone numbers. One that no network has compares by its digits; a placeholder
 * compares with nothing.
 */
public final class PhoneComparator implements ValueComparator<PhoneComparator.PhoneNumber> {

    private static final int EXACT = 0;
    private static final int SAME_END = 1;
    private static final int ONE_EDIT = 2;
    private static final int DIFFERENT = 3;

    /** Digits of a subscriber's number that countries and trunk prefixes leave alone. */
    private static final int END = 7;

    private static final List<Level> LEVELS =
            List.of(
                    Level.byTerm("EXACT", "the same number", 0.80, 0.00005),
                    Level.of("SAME_END", "the same number but for its prefix", 0.02, 0.00002),
                    Level.of("ONE_EDIT", "one digit differs", 0.03, 0.00005),
                    Level.of("DIFFERENT", "another number", 0.15, 0.9998));

    private final @Nullable String region;

    /**
     * Reads numbers as people of a region write them.
     *
     * @param region ISO 3166-1 alpha-2; null where national numbers cannot be told
     */
    public PhoneComparator(@Nullable String region) {
        this.region = region;
    }

    /** A number; {@code term} is its E.164 form or its digits. */
    public record PhoneNumber(String term, String end) implements Prepared {}

    @Override
    public List<Level> levels() {
        return LEVELS;
    }

    @Override
    public @Nullable PhoneNumber prepare(String raw) {
        Optional<Phone> phone = Phone.of(raw, region);
        if (phone.isPresent()) {
            return phone.get().quality() == Quality.UNUSABLE ? null : number(phone.get().e164());
        }
        StringBuilder digits = new StringBuilder();
        raw.codePoints()
                .filter(Character::isDigit)
                .forEach(digit -> digits.append(Character.digit(digit, 10)));
        boolean isFilledIn = digits.chars().distinct().count() == 1;
        return digits.length() < END || isFilledIn ? null : number(digits.toString());
    }

    private static PhoneNumber number(String term) {
        return new PhoneNumber(term, term.substring(Math.max(0, term.length() - END)));
    }

    @Override
    public int compare(PhoneNumber a, PhoneNumber b) {
        if (a.term.equals(b.term)) {
            return EXACT;
        }
        if (a.end.equals(b.end)) {
            return SAME_END;
        }
        return TextDistance.isWithinOneEdit(a.term, b.term) ? ONE_EDIT : DIFFERENT;
    }
}
