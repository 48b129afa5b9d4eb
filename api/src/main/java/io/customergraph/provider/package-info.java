/**
 * Calls to providers, all of them by one client: only to public addresses, within a time and a
 * size, repeated only where that is safe, given up early where a provider does not answer, and
 * written down without a secret. In go a call of a connection and the tenant of the context; out
 * comes an answer, or why there is none.
 */
@NullMarked
package io.customergraph.provider;

import org.jspecify.annotations.NullMarked;
