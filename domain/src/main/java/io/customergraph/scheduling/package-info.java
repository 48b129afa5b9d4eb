/** Appointments, and prospects who have made none. */
@NullMarked
package io.customergraph.scheduling;

import org.jspecify.annotations.NullMarked;
