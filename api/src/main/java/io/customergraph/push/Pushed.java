package io.customergraph.push;

import io.customergraph.ingest.SourceRecord;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/**
 * A record that was read.
 *
 * @param id the source's own; null where it has none that could be told
 * @param record null where it is not fit to be stored
 * @param flaws why it is not
 */
public record Pushed(@Nullable String id, @Nullable SourceRecord record, List<Flaw> flaws) {

    static final int LONGEST_ID = 200;

    public Pushed {
        flaws = List.copyOf(flaws);
    }

    /** Those of some that are fit to be stored. */
    public static List<SourceRecord> records(List<Pushed> all) {
        List<SourceRecord> fit = new ArrayList<>(all.size());
        for (Pushed one : all) {
            SourceRecord record = one.record();
            if (record != null) {
                fit.add(record);
            }
        }
        return fit;
    }

    static Pushed fit(@Nullable String id, SourceRecord record) {
        return new Pushed(id, record, List.of());
    }

    static Pushed unfit(@Nullable String id, List<Flaw> flaws) {
        return new Pushed(id, null, flaws);
    }
}
