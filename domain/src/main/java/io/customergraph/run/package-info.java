/**
 * Bulk matching: every customer of a tenant is compared with those that are like it. A run is asked
 * for in the database and done by any node; pairs that it finds become candidates, whose queue
 * decides as it does of all others, so that a run and the records that come meanwhile agree.
 */
@NullMarked
package io.customergraph.run;

import org.jspecify.annotations.NullMarked;
