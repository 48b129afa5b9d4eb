/** Pushing records over GraphQL. */
@NullMarked
package io.customergraph.push.graphql;

import org.jspecify.annotations.NullMarked;
