package io.customergraph.sync;

import java.util.UUID;

/** A pass that this node reads at, and where it goes on. */
public record ClaimedSync(UUID connection, String resource, SyncPosition position) {

    /** The same pass, further on. */
    public ClaimedSync at(SyncPosition next) {
        return new ClaimedSync(connection, resource, next);
    }
}
