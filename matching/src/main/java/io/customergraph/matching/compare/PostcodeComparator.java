package io.customergraph.matching.compare;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Locale;

/** Compares postcodes of any country: letters and digits count, nothing else. */
public final class PostcodeComparator implements ValueComparator<PostcodeComparator.Postcode> {

    private static final int EXACT = 0;
    private static final int ONE_EDIT = 1;
    private static final int SAME_AREA = 2;
    private static final int DIFFERENT = 3;

    private static final List<Level> LEVELS =
            List.of(
                    Level.byTerm("EXACT", "the same postcode", 0.75, 0.001),
                    Level.of("ONE_EDIT", "one letter or digit differs", 0.06, 0.002),
                    Level.of("SAME_AREA", "the same area", 0.05, 0.01),
                    Level.of("DIFFERENT", "another postcode", 0.14, 0.987));

    /** A postcode; {@code area} is its beginning, which neighbouring postcodes share. */
    public record Postcode(String term, String area) implements Prepared {}

    @Override
    public List<Level> levels() {
        return LEVELS;
    }

    @Override
    public @Nullable Postcode prepare(String raw) {
        StringBuilder kept = new StringBuilder(raw.length());
        raw.toUpperCase(Locale.ROOT)
                .codePoints()
                .filter(Character::isLetterOrDigit)
                .forEach(kept::appendCodePoint);
        if (kept.isEmpty()) {
            return null;
        }
        String term = kept.toString();
        // A British postcode's area is what comes before the last three; elsewhere about half.
        boolean isBritish = term.length() >= 5 && Character.isLetter(term.charAt(0));
        int area = isBritish ? term.length() - 3 : (term.length() + 1) / 2;
        return new Postcode(term, term.substring(0, area));
    }

    @Override
    public int compare(Postcode a, Postcode b) {
        if (a.term.equals(b.term)) {
            return EXACT;
        }
        if (a.term.length() >= 4 && TextDistance.isWithinOneEdit(a.term, b.term)) {
            return ONE_EDIT;
        }
        return a.area.equals(b.area) ? SAME_AREA : DIFFERENT;
    }
}
