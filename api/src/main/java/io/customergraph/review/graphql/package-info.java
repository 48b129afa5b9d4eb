/** Whether two customers are one person, in the graph. */
@NullMarked
package io.customergraph.review.graphql;

import org.jspecify.annotations.NullMarked;
