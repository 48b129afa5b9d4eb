/** Looks at the application's connections from within. */
@NullMarked
package io.customergraph.config;

import org.jspecify.annotations.NullMarked;
