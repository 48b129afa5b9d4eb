/** Ids of rows, and digests that tell whether things are the same. */
@NullMarked
package io.customergraph.id;

import org.jspecify.annotations.NullMarked;
