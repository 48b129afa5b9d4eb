/**
 * Reads what providers have, page by page, into the ledger: a history once, and then what changed.
 * One class for each provider makes records of a page; when it is read, and where it goes on, is
 * the same for all.
 */
@NullMarked
package io.customergraph.provider.sync;

import org.jspecify.annotations.NullMarked;
