/** Merging customers and taking it back, in the graph. */
@NullMarked
package io.customergraph.merge.graphql;

import org.jspecify.annotations.NullMarked;
