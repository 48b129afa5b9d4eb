/** Partner programmes as GraphQL shows and changes them. */
@NullMarked
package io.customergraph.partner.graphql;

import org.jspecify.annotations.NullMarked;
