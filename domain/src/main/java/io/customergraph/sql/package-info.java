/** What every hand-written statement may need: rows as one parameter. */
@NullMarked
package io.customergraph.sql;

import org.jspecify.annotations.NullMarked;
