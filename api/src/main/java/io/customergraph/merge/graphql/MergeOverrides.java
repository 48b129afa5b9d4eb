package io.customergraph.merge.graphql;

import io.customergraph.merge.MergeBlocker;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a person does not mind, as an input says it in {@code overrides}. */
public final class MergeOverrides {

    private MergeOverrides() {}

    /** The overrides of an input; none where it gives none. */
    public static Set<MergeBlocker.Code> of(Map<String, Object> input) {
        Set<MergeBlocker.Code> overrides = new HashSet<>();
        if (input.get("overrides") instanceof List<?> codes) {
            codes.forEach(code -> overrides.add(MergeBlocker.Code.valueOf((String) code)));
        }
        return overrides;
    }
}
