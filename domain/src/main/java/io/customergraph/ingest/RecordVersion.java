package io.customergraph.ingest;

import java.time.Instant;

/**
 * Which version of which record it is, and nothing of what it says.
 *
 * @param recordType as the database names it
 * @param contentHash as its row has it once it is stored: SHA-256, in hexadecimal digits
 */
public record RecordVersion(
        String recordType, String externalId, Instant updatedAt, String contentHash) {

    public static RecordVersion of(SourceRecord record) {
        return new RecordVersion(
                record.type().code(),
                record.origin().externalId(),
                record.origin().updatedAt(),
                RecordRows.contentHash(record));
    }
}
