package io.customergraph.link;

import io.customergraph.paging.Row;
import io.customergraph.sql.JsonRows;
import io.r2dbc.spi.Readable;

import org.jspecify.annotations.Nullable;

import tools.jackson.core.type.TypeReference;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * A decision about who is whom.
 *
 * @param modelVersion the model that decided; null where a rule or a person did
 * @param probability that the two are one, as the model had it; null as {@code modelVersion} is
 * @param comparisons what each field said, as the model had it; null where that was not kept
 */
public record MatchDecision(
        UUID id,
        String kind,
        UUID customerId,
        @Nullable UUID otherCustomerId,
        @Nullable String recordType,
        @Nullable UUID recordId,
        String rule,
        @Nullable String modelVersion,
        @Nullable Double probability,
        @Nullable List<Compared> comparisons,
        String actor,
        @Nullable String reason,
        Instant decidedAt,
        @Nullable Instant withdrawnAt,
        @Nullable String withdrawnBy) {

    private static final TypeReference<List<Compared>> COMPARISONS = new TypeReference<>() {};

    /**
     * What one field said.
     *
     * @param weight of the level, in bits
     * @param rarity of the value that both had, in bits
     * @param counted what of both counted beside the other fields
     */
    public record Compared(
            String field, String level, double weight, double rarity, double counted) {}

    private static @Nullable List<Compared> comparisons(@Nullable String json) {
        return json == null ? null : JsonRows.MAPPER.readValue(json, COMPARISONS);
    }

    /** Reads a row whose columns are {@code parent} and then these, in this order. */
    static MatchDecision read(Readable row) {
        return new MatchDecision(
                Row.id(row, 1),
                Row.text(row, 2),
                Row.id(row, 3),
                Row.idOrNull(row, 4),
                Row.textOrNull(row, 5),
                Row.idOrNull(row, 6),
                Row.text(row, 7),
                Row.textOrNull(row, 8),
                row.get(14, Double.class),
                comparisons(Row.textOrNull(row, 15)),
                Row.text(row, 9),
                Row.textOrNull(row, 10),
                Row.time(row, 11),
                Row.timeOrNull(row, 12),
                Row.textOrNull(row, 13));
    }
}
