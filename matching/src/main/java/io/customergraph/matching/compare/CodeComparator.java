package io.customergraph.matching.compare;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Locale;

/** Compares numbers and codes that name one person, such as a national id: exactly, or mistyped. */
public final class CodeComparator implements ValueComparator<CodeComparator.Code> {

    private static final int EXACT = 0;
    private static final int ONE_EDIT = 1;
    private static final int DIFFERENT = 2;
    private static final int TELLING = 5;

    private static final List<Level> LEVELS =
            List.of(
                    Level.byTerm("EXACT", "the same", 0.90, 0.00002),
                    Level.of("ONE_EDIT", "one letter or digit differs", 0.04, 0.0001),
                    Level.of("DIFFERENT", "another", 0.06, 0.9998));

    /** A code without spaces and punctuation. */
    public record Code(String term) implements Prepared {}

    @Override
    public List<Level> levels() {
        return LEVELS;
    }

    @Override
    public @Nullable Code prepare(String raw) {
        StringBuilder kept = new StringBuilder(raw.length());
        raw.toLowerCase(Locale.ROOT)
                .codePoints()
                .filter(Character::isLetterOrDigit)
                .forEach(kept::appendCodePoint);
        return kept.isEmpty() ? null : new Code(kept.toString());
    }

    @Override
    public int compare(Code a, Code b) {
        if (a.term.equals(b.term)) {
            return EXACT;
        }
        boolean areLong = Math.min(a.term.length(), b.term.length()) >= TELLING;
        return areLong && TextDistance.isWithinOneEdit(a.term, b.term) ? ONE_EDIT : DIFFERENT;
    }
}
