@NullMarked
package io.customergraph.push;

import org.jspecify.annotations.NullMarked;
