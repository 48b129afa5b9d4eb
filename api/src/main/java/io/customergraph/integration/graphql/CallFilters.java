package io.customergraph.integration.graphql;

import io.customergraph.graphql.InvalidRequest;
import io.customergraph.graphql.NodeId;
import io.customergraph.graphql.NodeType;
import io.customergraph.integration.ApiCalls;
import io.customergraph.integration.CallOutcome;
import io.customergraph.integration.TimeSpan;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads which calls are asked for, and of what time. */
final class CallFilters {

    private CallFilters() {}

    static ApiCalls.Filter of(Map<String, Object> filter) {
        String connection = (String) filter.get("connectionId");
        TimeSpan span = span((Instant) filter.get("from"), (Instant) filter.get("to"));
        return new ApiCalls.Filter(
                connection == null
                        ? null
                        : NodeId.decode(NodeType.INTEGRATION_CONNECTION, connection),
                span.from(),
                span.to(),
                outcomes(filter.get("outcome")),
                (Integer) filter.get("status"),
                (Integer) filter.get("slowerThanMs"));
    }

    /** What {@code from} and {@code to} say; the last ninety days where they say nothing. */
    static TimeSpan span(@Nullable Instant from, @Nullable Instant to) {
        Instant end = to == null ? Instant.now() : to;
        Instant start = from == null ? end.minus(TimeSpan.LONGEST) : from;
        if (!start.isBefore(end)) {
            throw new InvalidRequest(
                    InvalidRequest.Code.BAD_USER_INPUT,
                    "`from` is before `to`, which is now where it is not given");
        }
        if (Duration.between(start, end).compareTo(TimeSpan.LONGEST) > 0) {
            throw new InvalidRequest(
                    InvalidRequest.Code.BAD_USER_INPUT,
                    "`from` is at most %d days before `to`; ask for a longer time in parts"
                            .formatted(TimeSpan.LONGEST.toDays()));
        }
        return new TimeSpan(start, end);
    }

    @SuppressWarnings("unchecked") // The schema says what they are.
    private static Set<CallOutcome> outcomes(@Nullable Object names) {
        return names == null
                ? Set.of()
                : ((List<String>) names)
                        .stream().map(CallOutcome::valueOf).collect(Collectors.toSet());
    }
}
