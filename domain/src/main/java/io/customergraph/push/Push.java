package io.customergraph.push;

import io.customergraph.ingest.SourceRecord;

import java.util.List;
import java.util.UUID;

/**
 * One request that brings records.
 *
 * @param request the sender's own id of it, 1 to 255 characters
 * @param bodySha256 of the request's bytes, in hexadecimal digits
 * @param records those that are fit to be stored, at most {@link
 *     io.customergraph.ingest.Ingestion#MAX_BATCH}
 */
public record Push(UUID connection, String request, String bodySha256, List<SourceRecord> records) {

    public Push {
        records = List.copyOf(records);
    }
}
