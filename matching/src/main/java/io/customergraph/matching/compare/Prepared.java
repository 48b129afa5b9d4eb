package io.customergraph.matching.compare;

/** A value made ready to be compared often. */
public interface Prepared {

    /**
     * Equal for values that are equal, whatever their spelling; what frequencies are counted by.
     */
    String term();
}
