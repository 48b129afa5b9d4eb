package io.customergraph.model;

import io.customergraph.matching.score.Calibration;
import io.customergraph.matching.score.MatchModel.Field;
import io.customergraph.paging.Row;
import io.r2dbc.spi.Readable;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/**
 * A version of a tenant's model, and how it came to be.
 *
 * @param status {@code trained}, {@code in_use} or {@code retired}
 * @param prior the probability that two customers drawn at random are one person
 * @param trainedBy who asked for its run
 * @param inUseSince null unless it is in use
 */
public record MatchModel(
        UUID id,
        String version,
        String status,
        double prior,
        List<Field> fields,
        Calibration calibration,
        UUID runId,
        TrainingReport training,
        String trainedBy,
        Instant trainedAt,
        @Nullable Instant inUseSince) {

    public MatchModel {
        fields = List.copyOf(fields);
    }

    /** Reads a row whose columns are {@code parent} and then these, in this order. */
    static MatchModel read(Readable row) {
        io.customergraph.matching.score.MatchModel odds = ScoringModels.parse(Row.text(row, 4));
        return new MatchModel(
                Row.id(row, 1),
                Row.text(row, 2),
                Row.text(row, 3),
                odds.prior(),
                odds.fields(),
                odds.calibration(),
                Row.id(row, 5),
                new TrainingReport(
                        Row.bigNumber(row, 6),
                        Row.number(row, 7),
                        Objects.requireNonNull(row.get(8, Double.class)),
                        Row.flag(row, 9),
                        Objects.requireNonNull(row.get(10, Double.class)),
                        Row.number(row, 11)),
                Row.text(row, 12),
                Row.time(row, 13),
                Row.timeOrNull(row, 14));
    }
}
