/** What happened to customers, in the graph. */
@NullMarked
package io.customergraph.change.graphql;

import org.jspecify.annotations.NullMarked;
