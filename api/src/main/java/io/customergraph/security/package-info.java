/**
 * Who may come in: an API key or a token goes in with a request, a {@link
 * io.customergraph.tenant.Caller} comes out in its Reactor context, and with it the tenant. What
 * the caller may ask for is decided by the document it sends, not here.
 */
@NullMarked
package io.customergraph.security;

import org.jspecify.annotations.NullMarked;
