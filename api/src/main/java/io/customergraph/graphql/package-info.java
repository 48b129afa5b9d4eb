/**
 * What every GraphQL feature shares: ids, cursors, connections, scalars and errors. Features depend
 * on it, it depends on no feature.
 */
@NullMarked
package io.customergraph.graphql;

import org.jspecify.annotations.NullMarked;
