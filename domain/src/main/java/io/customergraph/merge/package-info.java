/**
 * Makes one customer of several, and takes that back.
 *
 * <p>Everything has a home: the customer whose it would be without any merge. Decisions about
 * records name the home, identifiers keep it, and what people entered by hand stays there. A merge
 * is one decision for each customer that is absorbed; it moves records and identifiers to the
 * survivor, whose profile is worked out again. To undo it, the decision is withdrawn, what is at
 * home on the other side goes back, and both profiles are worked out again: nothing is restored
 * from a copy, so that what was written meanwhile goes where it belongs.
 */
@NullMarked
package io.customergraph.merge;

import org.jspecify.annotations.NullMarked;
