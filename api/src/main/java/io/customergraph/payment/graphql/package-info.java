/** Payments in the graph. */
@NullMarked
package io.customergraph.payment.graphql;

import org.jspecify.annotations.NullMarked;
