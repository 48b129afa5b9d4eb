/** What was paid, and what was paid for. */
@NullMarked
package io.customergraph.payment;

import org.jspecify.annotations.NullMarked;
