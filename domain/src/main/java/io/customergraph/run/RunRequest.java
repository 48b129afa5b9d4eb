package io.customergraph.run;

import io.customergraph.customer.UserError;

import java.util.UUID;

/** What became of asking for a run. */
public sealed interface RunRequest {

    /** It waits for a node. */
    record Accepted(UUID run) implements RunRequest {}

    /** It was not asked for. */
    record Refused(UserError error) implements RunRequest {}
}
