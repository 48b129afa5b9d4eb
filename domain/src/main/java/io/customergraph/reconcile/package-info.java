/**
 * Whether what is here is what a connection's provider has: runs that read everything once more,
 * compare it with the rows of here, and repair where they are asked to. In go versions of records
 * as readers give them, out come counts, checksums and differences, without personal data.
 */
@NullMarked
package io.customergraph.reconcile;

import org.jspecify.annotations.NullMarked;
