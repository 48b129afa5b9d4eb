/**
 * Measures against a real PostgreSQL; docs/performance.md has the commands and what they printed.
 */
@NullMarked
package io.customergraph.bench;

import org.jspecify.annotations.NullMarked;
