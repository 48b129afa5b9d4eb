/**
 * What happened to customers: the outbox that subscribers and partners read, and the log of who did
 * what. Both are written in the transaction of the change.
 */
@NullMarked
package io.customergraph.change;

import org.jspecify.annotations.NullMarked;
