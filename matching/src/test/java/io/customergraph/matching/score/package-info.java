@NullMarked
package io.customergraph.matching.score;

import org.jspecify.annotations.NullMarked;
