/**
 * Puts the application together: which database it stands on, how it connects, and the services
 * that the features need. Nothing depends on this package.
 */
@NullMarked
package io.customergraph.config;

import org.jspecify.annotations.NullMarked;
