package io.customergraph.delivery;

import java.util.Locale;

/** What a body is read for, as {@code webhook_access_logs} has it. */
public enum AccessPurpose {
    /** A worker applies it. */
    PROCESS,
    /** Somebody looks at it. */
    READ,
    /** Somebody has it applied again. */
    REPLAY,
    /** It is looked through for somebody who is to be forgotten. */
    ERASE,
    /** It is gone: its retention ended, or it named somebody who is forgotten. */
    DELETE;

    String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
