/**
 * Turns what people typed into values that can be compared: an {@link
 * io.customergraph.matching.normalize.Email}, a {@link io.customergraph.matching.normalize.Phone}
 * or a {@link io.customergraph.matching.normalize.PersonName}.
 *
 * <p>In goes any string at all, also a huge, binary or absent one; out comes a value with a key
 * that is equal for equal people, and a {@link io.customergraph.matching.normalize.Quality} that
 * says what the value may prove. Nothing here throws because of its input, asks the network or
 * keeps state. Normalising is idempotent: what comes out, put in again, comes out unchanged.
 */
@NullMarked
package io.customergraph.matching.normalize;

import org.jspecify.annotations.NullMarked;
