/** What can be connected and what is connected, as GraphQL shows and changes it. */
@NullMarked
package io.customergraph.integration.graphql;

import org.jspecify.annotations.NullMarked;
