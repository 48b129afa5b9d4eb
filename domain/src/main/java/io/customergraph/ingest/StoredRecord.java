package io.customergraph.ingest;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * What the database holds of a record.
 *
 * @param customer whom it belongs to
 * @param home whose it would be without any merge
 * @param notCustomers whom people have said that it does not belong to
 */
record StoredRecord(
        UUID id,
        Optional<UUID> customer,
        Optional<UUID> home,
        Instant updatedAt,
        String contentHash,
        Set<UUID> notCustomers) {

    /**
     * Whether a version brings nothing: it is the stored one, or older. An older version of a
     * conversation still brings its messages.
     */
    boolean covers(SourceRecord version, String hash) {
        return (isNewerThan(version) && version.type() != RecordType.OMNI_CONVERSATION)
                || hash.equals(contentHash);
    }

    boolean isNewerThan(SourceRecord version) {
        return version.origin().updatedAt().isBefore(updatedAt);
    }
}
