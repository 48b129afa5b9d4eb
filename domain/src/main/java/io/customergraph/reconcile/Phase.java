package io.customergraph.reconcile;

import java.util.Locale;

/** What a run is at, in the order in which it is. A run without repair passes over some. */
public enum Phase {
    /** No node took it up yet. */
    WAITING,
    /** Everything is read once. */
    READING,
    /** What was read is compared with what is here. */
    COMPARING,
    /** Everything is read once more, and ingested. */
    REPAIRING,
    /** What neither reading had is deleted. */
    DELETING,
    /** The second reading is compared with what is here then. */
    CHECKING,
    /** What was kept for the comparison is deleted. */
    CLEARING,
    /** It ended. */
    DONE;

    /** The name in the database. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Phase ofCode(String code) {
        return valueOf(code.toUpperCase(Locale.ROOT));
    }

    /** Whether the provider is asked. */
    public boolean isReading() {
        return this == READING || this == REPAIRING;
    }

    /** How often everything was read then. */
    int reading() {
        return compareTo(REPAIRING) < 0 ? 1 : 2;
    }
}
