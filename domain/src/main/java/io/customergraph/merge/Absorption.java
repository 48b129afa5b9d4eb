package io.customergraph.merge;

import java.util.Map;
import java.util.UUID;

/**
 * One customer that becomes another.
 *
 * @param evidence kept with the decision
 */
record Absorption(UUID absorbed, UUID survivor, Map<String, Object> evidence) {

    Absorption {
        evidence = Map.copyOf(evidence);
    }
}
