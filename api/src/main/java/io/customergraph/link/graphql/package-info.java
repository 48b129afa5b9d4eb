/** The ledger in the graph, and the decisions about records that people make. */
@NullMarked
package io.customergraph.link.graphql;

import org.jspecify.annotations.NullMarked;
