package io.customergraph.timeline;

import io.customergraph.ingest.RecordType;
import io.customergraph.paging.Row;
import io.r2dbc.spi.Readable;

import java.time.Instant;
import java.util.UUID;

/** Something that happened with a customer, and when. */
public record TimelineEntry(RecordType type, UUID id, Instant at) {

    static TimelineEntry read(Readable row) {
        return new TimelineEntry(
                RecordType.ofCode(Row.text(row, 1)), Row.id(row, 2), Row.time(row, 3));
    }
}
