/**
 * Compares two values of one field: how they agree is a {@link
 * io.customergraph.matching.compare.Level}, from "equal" through the ways in which people and
 * systems misspell to "different". What a level is worth is not decided here but in {@code score}.
 */
@NullMarked
package io.customergraph.matching.compare;

import org.jspecify.annotations.NullMarked;
