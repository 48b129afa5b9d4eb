/** Customers in the graph, and the changes that people make to them. */
@NullMarked
package io.customergraph.customer.graphql;

import org.jspecify.annotations.NullMarked;
