/** Support in the graph. */
@NullMarked
package io.customergraph.support.graphql;

import org.jspecify.annotations.NullMarked;
