/** Tests of what people ask for. */
@NullMarked
package io.customergraph.privacy;

import org.jspecify.annotations.NullMarked;
