/** Everything that happened with a customer, over all sources, in one order. */
@NullMarked
package io.customergraph.timeline;

import org.jspecify.annotations.NullMarked;
