package io.customergraph.ingest;

import java.util.Comparator;

/** What a record is known by at its source. */
record RecordKey(RecordType type, String sourceType, String account, String externalId)
        implements Comparable<RecordKey> {

    private static final Comparator<RecordKey> ORDER =
            Comparator.comparing(RecordKey::type)
                    .thenComparing(RecordKey::sourceType)
                    .thenComparing(RecordKey::account)
                    .thenComparing(RecordKey::externalId);

    static RecordKey of(SourceRecord record) {
        Origin origin = record.origin();
        return new RecordKey(
                record.type(), origin.sourceType(), origin.account(), origin.externalId());
    }

    /** The one order in which records are deleted, so that two deletions never wait in a ring. */
    @Override
    public int compareTo(RecordKey other) {
        return ORDER.compare(this, other);
    }
}
