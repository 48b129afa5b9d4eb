/** Reads JSON of providers, of which nothing is certain. */
@NullMarked
package io.customergraph.provider.json;

import org.jspecify.annotations.NullMarked;
