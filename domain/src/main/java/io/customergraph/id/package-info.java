/** Ids of rows. */
@NullMarked
package io.customergraph.id;

import org.jspecify.annotations.NullMarked;
