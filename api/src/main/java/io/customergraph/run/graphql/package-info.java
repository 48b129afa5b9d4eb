/** Bulk matching in the graph. */
@NullMarked
package io.customergraph.run.graphql;

import org.jspecify.annotations.NullMarked;
