@NullMarked
package io.customergraph.matching.compare;

import org.jspecify.annotations.NullMarked;
