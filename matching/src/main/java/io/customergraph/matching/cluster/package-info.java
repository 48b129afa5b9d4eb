/**
 * From pairs to people. Records are put together from the likeliest pair on; two groups are joined
 * only where their records agree on the whole, so that no chain of weak links makes one giant
 * customer.
 */
@NullMarked
package io.customergraph.matching.cluster;

import org.jspecify.annotations.NullMarked;
