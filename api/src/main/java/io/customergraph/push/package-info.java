/**
 * Records that a tenant's own systems push: what they send is held against the published schema and
 * becomes source records, what became of these is told record by record. The HTTP endpoint and the
 * GraphQL mutation read with the same code.
 */
@NullMarked
package io.customergraph.push;

import org.jspecify.annotations.NullMarked;
