/**
 * Which pairs are worth comparing: those that agree on a key of some {@link
 * io.customergraph.matching.block.BlockingRule}. The number of pairs for each key is bounded, so
 * that a value that many share costs no more than one that few do.
 */
@NullMarked
package io.customergraph.matching.block;

import org.jspecify.annotations.NullMarked;
