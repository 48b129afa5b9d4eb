/**
 * Where the bodies of deliveries are kept, as the operator chose: files, or an object store.
 * Nothing else knows of its client.
 */
@NullMarked
package io.customergraph.bodies;

import org.jspecify.annotations.NullMarked;
