/** What every hand-written statement may need: rows as one parameter, text that may be missing. */
@NullMarked
package io.customergraph.sql;

import org.jspecify.annotations.NullMarked;
