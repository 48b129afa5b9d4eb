package io.customergraph.delivery;

import java.util.UUID;

/**
 * Where the body of an event is.
 *
 * @param reference the store's own name of it
 * @param sha256 of its bytes, in lower-case hexadecimal
 */
public record StoredBody(UUID event, UUID connection, String reference, String sha256) {}
