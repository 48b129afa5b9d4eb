/** The shared pieces of the graph, each by itself. */
@NullMarked
package io.customergraph.graphql;

import org.jspecify.annotations.NullMarked;
