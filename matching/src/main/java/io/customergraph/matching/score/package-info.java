/**
 * What agreement is worth. A {@link io.customergraph.matching.score.MatchModel} says for each level
 * of each field how often the records of one person and those of two people agree so; the
 * logarithms of their ratios add up to the evidence for a pair, after I. P. Fellegi and A. B.
 * Sunter (A Theory for Record Linkage, JASA 1969). {@link io.customergraph.matching.score.Training}
 * learns a model from records that nobody labelled.
 */
@NullMarked
package io.customergraph.matching.score;

import org.jspecify.annotations.NullMarked;
