package io.customergraph.limits;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * How many field values an operation's answer may hold: a sum whose terms are multiplied by page
 * sizes. All that does not hang on variables was added up when the document was first seen.
 */
record Cost(long fixed, List<Term> terms) {

    /** Sums stop here, far above any limit, so that no product overflows. */
    private static final long COUNTLESS = 1_000_000_000_000L;

    /** The cost of one object, as often as the variables say. */
    record Term(PageSize size, Cost each) {}

    long with(Map<String, ? extends @Nullable Object> variables) {
        long sum = fixed;
        for (Term term : terms) {
            long each = term.each().with(variables);
            sum = Math.min(COUNTLESS, sum + term.size().with(variables) * each);
        }
        return sum;
    }

    /** Adds up. */
    static final class Sum {

        private long fixed;
        private final List<Term> terms = new ArrayList<>();

        void add(long values) {
            fixed = Math.min(COUNTLESS, fixed + values);
        }

        void add(PageSize size, Cost each) {
            if (size.isFixed() && each.terms().isEmpty()) {
                add(size.with(Map.of()) * each.fixed());
            } else {
                terms.add(new Term(size, each));
            }
        }

        Cost total() {
            return new Cost(fixed, List.copyOf(terms));
        }
    }
}
