package io.customergraph.link;

import io.customergraph.ingest.RecordType;

import java.util.Optional;
import java.util.UUID;

/**
 * A stored record and whose it is.
 *
 * @param sourceType where it came from
 */
record LinkedRecord(RecordType type, UUID id, Optional<UUID> customer, String sourceType) {}
