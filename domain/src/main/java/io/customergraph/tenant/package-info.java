/**
 * Whose data it is. A request enters with a tenant; every connection to the database that leaves
 * this package is bound to it, so that row-level security can hold.
 */
@NullMarked
package io.customergraph.tenant;

import org.jspecify.annotations.NullMarked;
