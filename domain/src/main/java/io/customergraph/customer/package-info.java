/**
 * The unified customer: profile, identifiers, provenance, consents, and the writes that people do.
 */
@NullMarked
package io.customergraph.customer;

import org.jspecify.annotations.NullMarked;
