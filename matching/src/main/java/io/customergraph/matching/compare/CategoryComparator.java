package io.customergraph.matching.compare;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Locale;

/** Compares values of which there are few, such as a sex or a state: the same or not. */
public final class CategoryComparator implements ValueComparator<CategoryComparator.Category> {

    private static final List<Level> LEVELS =
            List.of(
                    Level.byTerm("EXACT", "the same", 0.95, 0.3),
                    Level.of("DIFFERENT", "another", 0.05, 0.7));

    /** A value in lower case. */
    public record Category(String term) implements Prepared {}

    @Override
    public List<Level> levels() {
        return LEVELS;
    }

    @Override
    public @Nullable Category prepare(String raw) {
        String text = raw.strip().toLowerCase(Locale.ROOT);
        return text.isEmpty() ? null : new Category(text);
    }

    @Override
    public int compare(Category a, Category b) {
        return a.term.equals(b.term) ? 0 : 1;
    }
}
