package io.customergraph.demo;

import io.customergraph.ingest.SourceRecord;

/**
 * A record and whose it really is.
 *
 * @param person the number of the invented person; {@link #NOBODY} for a product
 */
public record DemoRecord(SourceRecord record, long person) {

    public static final long NOBODY = -1;
}
