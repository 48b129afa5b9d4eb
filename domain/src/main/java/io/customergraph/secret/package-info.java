/**
 * Secrets of connections: encrypted each for its tenant, connection and field alone, replaced
 * without a gap, and never in a log. Nothing else in CustomerGraph decrypts.
 */
@NullMarked
package io.customergraph.secret;

import org.jspecify.annotations.NullMarked;
