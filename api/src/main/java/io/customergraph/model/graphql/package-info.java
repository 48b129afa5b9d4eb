/** What agreement is worth, in the graph. */
@NullMarked
package io.customergraph.model.graphql;

import org.jspecify.annotations.NullMarked;
