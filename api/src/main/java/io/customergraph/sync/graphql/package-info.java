/** How far histories were read, and asking for another pass, over GraphQL. */
@NullMarked
package io.customergraph.sync.graphql;

import org.jspecify.annotations.NullMarked;
