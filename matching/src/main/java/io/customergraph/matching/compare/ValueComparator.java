package io.customergraph.matching.compare;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * Compares two values of one field. Stateless, symmetric, and never fails because of a value.
 *
 * @param <P> what it makes of a value
 */
public interface ValueComparator<P extends Prepared> {

    /** The ways to agree, the closest first; the last is to differ. At most 14. */
    List<Level> levels();

    /** The value, ready to be compared; null where there is nothing in it to compare. */
    @Nullable P prepare(String raw);

    /** The index in {@link #levels()} of how the two agree. */
    int compare(P a, P b);

    /**
     * The level of a value that equals the other record's value in the sibling field, as first
     * names do that were typed where last names belong; -1 where fields have no siblings. It holds
     * instead of any level that comes after it.
     */
    default int swappedLevel() {
        return -1;
    }
}
