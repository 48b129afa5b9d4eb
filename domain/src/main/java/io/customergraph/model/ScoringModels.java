package io.customergraph.model;

import io.customergraph.matching.score.MatchModel;
import io.customergraph.sql.JsonRows;
import io.customergraph.tenant.TenantId;

import org.springframework.r2dbc.core.DatabaseClient;

import reactor.core.publisher.Mono;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Reads the model that scores: once for each batch or request, and kept no longer, so that a choice
 * holds from the next one on, on every node.
 */
public final class ScoringModels {

    private static final String IN_USE =
            """
            SELECT model::text FROM match_models WHERE tenant_id = :tenant AND status = 'in_use'
            """;

    private static final String OF_VERSION =
            """
            SELECT model::text FROM match_models WHERE tenant_id = :tenant AND version = :version
            """;

    /** How many people the shipped model takes a tenant to have, where nobody counted them. */
    private static final long PEOPLE = 100_000;

    private static final MatchModel SHIPPED = MatchModel.shipped(PEOPLE);

    private final DatabaseClient database;

    public ScoringModels(DatabaseClient database) {
        this.database = database;
    }

    /** The model in use: the shipped one where no other is, or that was of other levels. */
    public Mono<MatchModel> inUse(TenantId tenant) {
        return database.sql(IN_USE)
                .bind("tenant", tenant.value())
                .map(row -> parse(Objects.requireNonNull(row.get(0, String.class))))
                .one()
                .filter(ScoringModels::isOfThisRelease)
                .defaultIfEmpty(SHIPPED);
    }

    /** The model of a version; empty where the tenant has none of it, or of other levels. */
    public Mono<MatchModel> ofVersion(TenantId tenant, String version) {
        return version.equals(MatchModel.SHIPPED)
                ? Mono.just(SHIPPED)
                : database.sql(OF_VERSION)
                        .bind("tenant", tenant.value())
                        .bind("version", JsonRows.clean(version))
                        .map(row -> parse(Objects.requireNonNull(row.get(0, String.class))))
                        .one()
                        .filter(ScoringModels::isOfThisRelease);
    }

    /** Fields may come to be compared in other levels; what was trained of others says nothing. */
    private static boolean isOfThisRelease(MatchModel model) {
        return levels(model).equals(levels(SHIPPED));
    }

    private static List<List<String>> levels(MatchModel model) {
        return model.fields().stream()
                .map(
                        field ->
                                Stream.concat(
                                                Stream.of(field.kind().name()),
                                                field.levels().stream()
                                                        .map(MatchModel.LevelOdds::level))
                                        .toList())
                .toList();
    }

    static MatchModel parse(String json) {
        return JsonRows.MAPPER.readValue(json, MatchModel.class);
    }
}
