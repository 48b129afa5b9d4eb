package io.customergraph.sync;

import io.customergraph.sql.JsonRows;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.List;

/**
 * A record that could not be kept.
 *
 * @param id the provider's; null where it has none that can be read
 * @param reason without any value of the record: {@code INVALID_CURRENCY}, or what the database
 *     answered
 */
public record Rejection(@Nullable String id, String reason) {

    /** How many of a pass are told. */
    public static final int MOST = 20;

    private static final int LONGEST_ID = 40;
    private static final int LONGEST_REASON = 100;

    /** Anything longer is cut: an id may be whatever the provider sent in its place. */
    public Rejection {
        id = id == null ? null : id.substring(0, Math.min(id.length(), LONGEST_ID));
        reason = reason.substring(0, Math.min(reason.length(), LONGEST_REASON));
    }

    static List<Rejection> read(String json) {
        return Arrays.asList(JsonRows.MAPPER.readValue(json, Rejection[].class));
    }
}
