package io.customergraph.matching.block;

/** Takes pairs of records; each is used by one thread. */
@FunctionalInterface
public interface PairVisitor {

    void pair(int a, int b);
}
