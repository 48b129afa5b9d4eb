package io.customergraph.ingest;

import java.util.Optional;
import java.util.UUID;

/**
 * A record that brings something new, with what was stored of it before.
 *
 * @param id its row's id: the stored one, or one made for it
 * @param contentHash of this version
 */
record IncomingRecord(
        SourceRecord record,
        UUID id,
        String contentHash,
        Evidence evidence,
        Optional<StoredRecord> stored) {}
