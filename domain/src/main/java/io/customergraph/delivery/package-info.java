/**
 * What providers deliver by webhook, between its arrival and its being applied: the body in a store
 * of its own, the event in the database, and whoever makes records of it.
 */
@NullMarked
package io.customergraph.delivery;

import org.jspecify.annotations.NullMarked;
