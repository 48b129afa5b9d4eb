/** What the normalisers promise, as tables and as laws. */
@NullMarked
package io.customergraph.matching.normalize;

import org.jspecify.annotations.NullMarked;
