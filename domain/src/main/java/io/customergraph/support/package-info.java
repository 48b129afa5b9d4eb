/** What people asked for help with. */
@NullMarked
package io.customergraph.support;

import org.jspecify.annotations.NullMarked;
