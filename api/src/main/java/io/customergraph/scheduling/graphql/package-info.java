/** Appointments and prospects in the graph. */
@NullMarked
package io.customergraph.scheduling.graphql;

import org.jspecify.annotations.NullMarked;
