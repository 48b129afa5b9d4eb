/**
 * Asking a provider for what its deliveries only name. In go deliveries of one connection and how
 * to ask; out comes for each what is to be applied in its place.
 */
@NullMarked
package io.customergraph.provider.lookup;

import org.jspecify.annotations.NullMarked;
