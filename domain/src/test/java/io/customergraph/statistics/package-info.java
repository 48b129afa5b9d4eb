/** Asks the database itself whether its triggers keep the statistics of customers exact. */
@NullMarked
package io.customergraph.statistics;

import org.jspecify.annotations.NullMarked;
