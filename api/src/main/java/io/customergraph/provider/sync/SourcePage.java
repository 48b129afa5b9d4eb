package io.customergraph.provider.sync;

import io.customergraph.ingest.SourceRecord;
import io.customergraph.sync.Rejection;
import io.customergraph.sync.SyncPosition;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.List;

/** What a provider answered when it was asked for a page. */
public sealed interface SourcePage {

    /**
     * A page.
     *
     * @param unreadable those of its records that are none that can be kept
     * @param next where to go on; null after the last page
     * @param pause for how long the provider asks to be left alone before that
     */
    record Of(
            List<SourceRecord> records,
            List<Rejection> unreadable,
            @Nullable SyncPosition next,
            Duration pause)
            implements SourcePage {
        public Of {
            records = List.copyOf(records);
            unreadable = List.copyOf(unreadable);
        }
    }

    /** Too much was asked: the same page again, after a while. */
    record Busy(Duration pause) implements SourcePage {}

    /**
     * No page.
     *
     * @param problem why, as a code: {@code unauthorized}, {@code unexpected_answer} …
     */
    record None(String problem) implements SourcePage {}
}
