@NullMarked
package io.customergraph.matching.dedupe;

import org.jspecify.annotations.NullMarked;
