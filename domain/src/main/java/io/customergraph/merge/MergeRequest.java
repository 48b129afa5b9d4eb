package io.customergraph.merge;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * A merge that is asked for.
 *
 * @param absorbed 1 to {@link MergePreview#MAX_ABSORBED}
 * @param token of the preview; refused where anything that it shows has changed since
 * @param overrides blockers that a person decided not to mind
 * @param fields whose value a field is to have afterwards, by name of the field; the survivorship
 *     rules decide about the others
 */
public record MergeRequest(
        UUID survivor,
        List<UUID> absorbed,
        String token,
        Set<MergeBlocker.Code> overrides,
        Map<String, UUID> fields,
        @Nullable String reason) {

    public MergeRequest {
        absorbed = absorbed.stream().distinct().toList();
        overrides = Set.copyOf(overrides);
        fields = Map.copyOf(fields);
    }
}
