/** Deliveries of providers, as clients see them. */
@NullMarked
package io.customergraph.delivery.graphql;

import org.jspecify.annotations.NullMarked;
