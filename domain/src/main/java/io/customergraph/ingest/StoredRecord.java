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
 * @param stage how far the stored version has come
 * @param notCustomers whom people have said that it does not belong to
 */
record StoredRecord(
        UUID id,
        Optional<UUID> customer,
        Optional<UUID> home,
        Instant updatedAt,
        String contentHash,
        int stage,
        Set<UUID> notCustomers) {

    /** The same record, of which no version is known. */
    StoredRecord ofAnyVersion() {
        return new StoredRecord(id, customer, home, Instant.MIN, "", 0, notCustomers);
    }

    /**
     * Whether a version brings nothing: it is the stored one, or older. An older version of a
     * conversation still brings its messages.
     */
    boolean covers(SourceRecord version, String hash) {
        boolean bringsNothing =
                isNewerThan(version) && version.type() != RecordType.OMNI_CONVERSATION;
        return bringsNothing || hash.equals(contentHash);
    }

    boolean isNewerThan(SourceRecord version) {
        int time = version.origin().updatedAt().compareTo(updatedAt);
        return time < 0 || (time == 0 && version.stage() < stage);
    }
}
