package io.customergraph.review.graphql;

import io.customergraph.review.MatchCandidates;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Reads what candidates are asked for. */
final class CandidateFilters {

    private static final MatchCandidates.Filter OPEN =
            new MatchCandidates.Filter("open", null, null);

    private CandidateFilters() {}

    @SuppressWarnings("unchecked") // The schema says that reasons are a list of strings.
    static MatchCandidates.Filter of(@Nullable Map<String, Object> filter) {
        return filter == null
                ? OPEN
                : new MatchCandidates.Filter(
                        (String) Objects.requireNonNull(filter.get("status")),
                        (List<String>) filter.get("reasons"),
                        (Double) filter.get("leastProbability"));
    }
}
