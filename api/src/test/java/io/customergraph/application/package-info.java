/** Starts the whole application for tests, as a user would have it. */
@NullMarked
package io.customergraph.application;

import org.jspecify.annotations.NullMarked;
