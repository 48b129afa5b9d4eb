/** The running application. */
@NullMarked
package io.customergraph;

import org.jspecify.annotations.NullMarked;
