/** Measures by JMH; docs/matching.md has the command and what it printed. */
@NullMarked
package io.customergraph.matching.bench;

import org.jspecify.annotations.NullMarked;
