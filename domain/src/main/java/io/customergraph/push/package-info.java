/**
 * Requests by which a system of a tenant's own pushes records: each is applied once and answered
 * the same however often it comes. In go records, out come the answers to their senders.
 */
@NullMarked
package io.customergraph.push;

import org.jspecify.annotations.NullMarked;
