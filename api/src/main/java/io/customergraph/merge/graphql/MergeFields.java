package io.customergraph.merge.graphql;

import graphql.schema.DataFetchingEnvironment;
import graphql.schema.idl.RuntimeWiring;

import io.customergraph.customer.Customers;
import io.customergraph.customer.FieldProvenance;
import io.customergraph.customer.FieldValue;
import io.customergraph.graphql.Fields;
import io.customergraph.graphql.Graph;
import io.customergraph.graphql.NodeId;
import io.customergraph.graphql.NodeType;
import io.customergraph.merge.MergeBlocker;
import io.customergraph.merge.MergeOutcome;
import io.customergraph.merge.MergePreview;

import org.springframework.graphql.execution.RuntimeWiringConfigurer;
import org.springframework.stereotype.Component;

import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;

/** The fields of previews and of what became of them. */
@Component
final class MergeFields implements RuntimeWiringConfigurer {

    private final Graph graph;

    MergeFields(Graph graph) {
        this.graph = graph;
    }

    @Override
    public void configure(RuntimeWiring.Builder wiring) {
        Fields.of("MergePreview")
                .components(MergePreview.class)
                .value("previewToken", MergePreview::token)
                .fetcher("survivor", graph.one(Customers.LOOKUP, MergePreview::survivor))
                .fetcher("absorbed", graph.each(Customers.LOOKUP, MergePreview::absorbed))
                .value("fields", (MergePreview preview) -> provenance(preview.fields()))
                .addTo(wiring);
        Fields.of("MergeBlocker")
                .components(MergeBlocker.class)
                .value(
                        "customerId",
                        (MergeBlocker blocker) ->
                                NodeId.encode(NodeType.CUSTOMER, blocker.customer()))
                .value("isOverridable", (MergeBlocker blocker) -> blocker.code().isOverridable())
                .addTo(wiring);
        Fields.of("MergeMove").components(MergePreview.Move.class).addTo(wiring);
        Fields.of("ConsentChange").components(MergePreview.ConsentChange.class).addTo(wiring);
        Fields.of("MergeCustomersPayload")
                .components(MergeMutations.MergePayload.class)
                .fetcher(
                        "customer",
                        graph.one(Customers.LOOKUP, MergeMutations.MergePayload::survivor))
                .addTo(wiring);
        Fields.of("UnmergeCustomersPayload")
                .components(MergeMutations.UnmergePayload.class)
                .fetcher(
                        "survivor",
                        graph.one(Customers.LOOKUP, MergeMutations.UnmergePayload::survivor))
                .fetcher(
                        "customer",
                        graph.one(Customers.LOOKUP, MergeMutations.UnmergePayload::customer))
                .fetcher("ambiguousRecords", Graph.loading(this::records))
                .addTo(wiring);
        Fields.addEnums(wiring, "ProfileField");
    }

    private static List<FieldProvenance> provenance(List<FieldValue> fields) {
        return fields.stream()
                .map(
                        field ->
                                new FieldProvenance(
                                        field.field(),
                                        field.value(),
                                        field.sourceType(),
                                        field.assurance().code(),
                                        field.observedAt()))
                .toList();
    }

    private CompletableFuture<List<Object>> records(
            MergeMutations.UnmergePayload payload, DataFetchingEnvironment environment) {
        return Graph.all(
                payload.ambiguous().stream()
                        .<CompletableFuture<?>>map(record -> load(record, environment))
                        .toList());
    }

    private CompletableFuture<?> load(
            MergeOutcome.AmbiguousRecord record, DataFetchingEnvironment environment) {
        return graph.load(
                environment,
                NodeType.valueOf(record.recordType().toUpperCase(Locale.ROOT)).lookup(),
                record.recordId());
    }
}
