package io.customergraph.run;

import io.customergraph.paging.Lookup;
import io.customergraph.paging.Row;
import io.r2dbc.spi.Readable;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.UUID;

/**
 * A comparison of all customers, and how far it is.
 *
 * @param processed of the phase: customers read, pairs stored, candidates decided
 * @param total of the phase; 0 until it is known
 * @param customers that were compared
 * @param likelyPairs pairs whose odds reach the automatic threshold by what the run compares
 * @param reviewPairs pairs below it that a person is asked about
 * @param merged by the queue since the run began
 * @param model that compares, or that was trained; null until there is one
 * @param rounds of training; null where it did not begin
 * @param lastChange of the probabilities in the last round, relative; null as {@code rounds} is
 * @param failure why it ended early, without personal data
 */
public record MatchRun(
        UUID id,
        String mode,
        String status,
        String phase,
        long processed,
        long total,
        long customers,
        long comparedPairs,
        long likelyPairs,
        long reviewPairs,
        long merged,
        @Nullable String model,
        @Nullable Integer rounds,
        @Nullable Double lastChange,
        String requestedBy,
        Instant requestedAt,
        @Nullable Instant startedAt,
        @Nullable Instant finishedAt,
        @Nullable String failure) {

    private static final String BY_ID =
            """
            SELECT id, id, mode, status, phase, processed, total, customers, compared_pairs,
                   likely_pairs, review_pairs, merged, model_version, actor, requested_at,
                   started_at, finished_at, failure, rounds, last_change
            FROM match_runs
            WHERE tenant_id = $1 AND id = ANY ($2)
            """;

    public static final Lookup<MatchRun> LOOKUP = new Lookup<>("MatchRun", BY_ID, MatchRun::read);

    private static MatchRun read(Readable row) {
        return new MatchRun(
                Row.id(row, 1),
                Row.text(row, 2),
                Row.text(row, 3),
                Row.text(row, 4),
                Row.bigNumber(row, 5),
                Row.bigNumber(row, 6),
                Row.bigNumber(row, 7),
                Row.bigNumber(row, 8),
                Row.bigNumber(row, 9),
                Row.bigNumber(row, 10),
                Row.bigNumber(row, 11),
                Row.textOrNull(row, 12),
                Row.numberOrNull(row, 18),
                row.get(19, Double.class),
                Row.text(row, 13),
                Row.time(row, 14),
                Row.timeOrNull(row, 15),
                Row.timeOrNull(row, 16),
                Row.textOrNull(row, 17));
    }
}
