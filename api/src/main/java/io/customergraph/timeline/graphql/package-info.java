/** Timelines in the graph. */
@NullMarked
package io.customergraph.timeline.graphql;

import org.jspecify.annotations.NullMarked;
