package io.customergraph.ingest;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The pairs that a batch finds, each once. */
final class FoundCandidates {

    private final Map<FoundCandidate.Pair, FoundCandidate> found = new LinkedHashMap<>();

    /** Adds a pair of the customer with each of the others. */
    void add(UUID customer, List<FoundCandidate.Rival> rivals) {
        for (FoundCandidate.Rival rival : rivals) {
            FoundCandidate candidate = FoundCandidate.of(customer, rival);
            found.merge(candidate.pair(), candidate, FoundCandidate::and);
        }
    }

    Collection<FoundCandidate> all() {
        return found.values();
    }
}
