/** Conversations in the graph. */
@NullMarked
package io.customergraph.conversation.graphql;

import org.jspecify.annotations.NullMarked;
