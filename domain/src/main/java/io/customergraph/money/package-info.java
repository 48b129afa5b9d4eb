/** Amounts and their currencies. Amounts of two currencies are never added. */
@NullMarked
package io.customergraph.money;

import org.jspecify.annotations.NullMarked;
