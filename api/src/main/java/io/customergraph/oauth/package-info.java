/**
 * Consent in the browser: a caller begins an authorization, the provider's answer comes to the
 * callback without any key, and its tokens become secrets of the connection, renewed before they
 * end. Each provider's way is one {@link io.customergraph.oauth.OAuthFlow}.
 */
@NullMarked
package io.customergraph.oauth;

import org.jspecify.annotations.NullMarked;
