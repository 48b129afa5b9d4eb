/** Runs the commands of an operator against a real PostgreSQL, and asks it what they did. */
@NullMarked
package io.customergraph.migrations;

import org.jspecify.annotations.NullMarked;
