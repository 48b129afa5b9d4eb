/** What the tests of this module share: a real database, and records with good defaults. */
@NullMarked
package io.customergraph.testing;

import org.jspecify.annotations.NullMarked;
