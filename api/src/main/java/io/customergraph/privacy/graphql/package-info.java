/** Copies of what is known of people, and their erasure, in the graph. */
@NullMarked
package io.customergraph.privacy.graphql;

import org.jspecify.annotations.NullMarked;
