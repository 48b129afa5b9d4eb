package io.customergraph.model.graphql;

import graphql.schema.idl.RuntimeWiring;

import io.customergraph.graphql.Fields;
import io.customergraph.graphql.Graph;
import io.customergraph.graphql.NodeType;
import io.customergraph.matching.score.Calibration;
import io.customergraph.matching.score.CommonTerms;
import io.customergraph.matching.score.MatchModel.Field;
import io.customergraph.matching.score.MatchModel.LevelOdds;
import io.customergraph.model.MatchModel;
import io.customergraph.model.TrainingReport;
import io.customergraph.run.MatchRun;

import org.springframework.graphql.execution.RuntimeWiringConfigurer;
import org.springframework.stereotype.Component;

/** The fields of models. */
@Component
final class ModelFields implements RuntimeWiringConfigurer {

    private final Graph graph;

    ModelFields(Graph graph) {
        this.graph = graph;
    }

    @Override
    public void configure(RuntimeWiring.Builder wiring) {
        Fields.ofNode(NodeType.MATCH_MODEL, MatchModel.class, MatchModel::id)
                .fetcher("run", graph.one(MatchRun.LOOKUP, MatchModel::runId))
                .addTo(wiring);
        Fields.of("ModelField")
                .value("field", (Field field) -> field.kind().name())
                .value("levels", Field::levels)
                .value("commonTerms", ModelFields::commonTerms)
                .addTo(wiring);
        Fields.of("ModelLevel")
                .components(LevelOdds.class)
                .value("name", LevelOdds::level)
                .value("weight", LevelOdds::weight)
                .addTo(wiring);
        Fields.of("ModelCalibration").components(Calibration.class).addTo(wiring);
        Fields.of("ModelTraining").components(TrainingReport.class).addTo(wiring);
        Fields.of("MatchModelPayload").components(ModelController.ModelPayload.class).addTo(wiring);
        Fields.addConnections(wiring, "MatchModel");
        Fields.addEnums(wiring, "MatchModelStatus");
    }

    /** How many, and never which: names are their customers'. */
    private static int commonTerms(Field field) {
        CommonTerms terms = field.terms();
        return terms == null ? 0 : terms.terms().size();
    }
}
