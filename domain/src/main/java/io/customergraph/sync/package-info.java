/**
 * How far the history of each connection was read at its provider: passes, page by page, each of
 * which reads what changed since the one before. In goes what was read, out comes where to go on.
 */
@NullMarked
package io.customergraph.sync;

import org.jspecify.annotations.NullMarked;
