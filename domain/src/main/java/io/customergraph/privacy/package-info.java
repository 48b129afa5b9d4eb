/**
 * What people ask for, or providers for them: a copy of what is known, or that it is forgotten, in
 * the tables and in the bodies of deliveries.
 */
@NullMarked
package io.customergraph.privacy;

import org.jspecify.annotations.NullMarked;
