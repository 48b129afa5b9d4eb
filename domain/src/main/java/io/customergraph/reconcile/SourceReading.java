package io.customergraph.reconcile;

import io.customergraph.ingest.RecordVersion;
import io.customergraph.sync.SyncPosition;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Set;

/**
 * What a page said.
 *
 * @param rejected the ids of those that could not be kept, each with its type before it: {@code
 *     support_ticket 42}
 * @param unreadable how many records of it could not be read
 * @param next where to go on; null after the last page
 */
public record SourceReading(
        List<RecordVersion> versions,
        Set<String> rejected,
        int unreadable,
        @Nullable SyncPosition next) {

    public SourceReading {
        versions = List.copyOf(versions);
        rejected = Set.copyOf(rejected);
    }

    /** How many records were on the page. */
    int records() {
        return versions.size() + unreadable;
    }

    boolean isRejected(RecordVersion version) {
        return rejected.contains(key(version));
    }

    /** A record as {@code rejected} names it. */
    public static String key(RecordVersion version) {
        return version.recordType() + " " + version.externalId();
    }
}
