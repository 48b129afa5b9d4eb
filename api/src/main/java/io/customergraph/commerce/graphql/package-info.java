/** Commerce in the graph. */
@NullMarked
package io.customergraph.commerce.graphql;

import org.jspecify.annotations.NullMarked;
