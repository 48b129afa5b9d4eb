/** Whether what is here is what a connection's provider has, over GraphQL. */
@NullMarked
package io.customergraph.reconcile.graphql;

import org.jspecify.annotations.NullMarked;
