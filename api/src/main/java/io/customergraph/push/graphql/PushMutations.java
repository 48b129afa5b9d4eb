package io.customergraph.push.graphql;

import io.customergraph.customer.UserError;
import io.customergraph.graphql.NodeId;
import io.customergraph.graphql.NodeType;
import io.customergraph.ingest.Ingestion;
import io.customergraph.integration.IntegrationConnection;
import io.customergraph.integration.IntegrationProvider;
import io.customergraph.paging.GraphReads;
import io.customergraph.push.Flaw;
import io.customergraph.push.PushBody;
import io.customergraph.push.PushResult;
import io.customergraph.push.PushSchema;
import io.customergraph.push.PushSource;
import io.customergraph.push.Pushed;
import io.customergraph.push.PushedRecords;

import org.jspecify.annotations.Nullable;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.MutationMapping;
import org.springframework.stereotype.Controller;

import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/** Takes records that a client pushes. */
@Controller
final class PushMutations {

    private final GraphReads reads;
    private final Ingestion ingestion;
    private final PushSchema schema;

    PushMutations(GraphReads reads, Ingestion ingestion, PushSchema schema) {
        this.reads = reads;
        this.ingestion = ingestion;
        this.schema = schema;
    }

    /** What became of records. */
    public record IngestPayload(
            List<Result> results, int accepted, int rejected, List<UserError> userErrors) {}

    /** What became of one record. */
    public record Result(
            int index,
            @Nullable String id,
            String status,
            @Nullable String customerId,
            List<ResultError> errors) {}

    /** What is wrong with a record. */
    public record ResultError(String code, List<String> field, String message) {}

    @MutationMapping
    Mono<IngestPayload> ingestRecords(@Argument Map<String, Object> input) {
        UUID id =
                NodeId.decode(
                        NodeType.INTEGRATION_CONNECTION,
                        (String) Objects.requireNonNull(input.get("connectionId")));
        @SuppressWarnings("unchecked") // The schema says what they are.
        List<Map<String, Object>> records =
                (List<Map<String, Object>>) Objects.requireNonNull(input.get("records"));
        if (records.isEmpty() || records.size() > PushBody.MOST_RECORDS) {
            return refused(
                    UserError.Code.INVALID,
                    "records",
                    "1 to %d records; send the others with the next request"
                            .formatted(PushBody.MOST_RECORDS));
        }
        return reads.lookup(IntegrationConnection.LOOKUP, List.of(id))
                .map(found -> Optional.ofNullable(found.get(id)))
                .flatMap(found -> take(found.orElse(null), records));
    }

    private Mono<IngestPayload> take(
            @Nullable IntegrationConnection connection, List<Map<String, Object>> records) {
        if (connection == null || connection.status().equals("disconnected")) {
            return refused(
                    UserError.Code.NOT_FOUND,
                    "connectionId",
                    "There is no such connection, or none any more");
        }
        if (!connection.provider().equals(IntegrationProvider.CUSTOM)) {
            return refused(
                    UserError.Code.BLOCKED,
                    "connectionId",
                    "Records are pushed to a connection of provider `custom`; this one has its own"
                            + " way");
        }
        if (!connection.status().equals("active")) {
            return refused(
                    UserError.Code.BLOCKED,
                    "connectionId",
                    "The connection is paused; `updateIntegration` lets it go on");
        }
        PushSource source = PushSource.of(connection);
        return Mono.fromCallable(() -> read(source, records))
                .subscribeOn(Schedulers.parallel())
                .flatMap(
                        read ->
                                ingestion
                                        .ingest(Pushed.records(read))
                                        .map(done -> payload(PushResult.of(read, done), records)));
    }

    private List<Pushed> read(PushSource source, List<Map<String, Object>> records) {
        PushedRecords reader = new PushedRecords(schema, source);
        return records.stream().map(one -> reader.read(InputJson.record(one))).toList();
    }

    private static IngestPayload payload(
            List<PushResult> results, List<Map<String, Object>> records) {
        int accepted = (int) results.stream().filter(PushResult::isAccepted).count();
        return new IngestPayload(
                results.stream().map(one -> result(one, records.get(one.index()))).toList(),
                accepted,
                results.size() - accepted,
                List.of());
    }

    private static Result result(PushResult of, Map<String, Object> record) {
        UUID customer = of.customer();
        String kind = record.keySet().iterator().next();
        return new Result(
                of.index(),
                of.id(),
                of.status().name(),
                customer == null ? null : NodeId.encode(NodeType.CUSTOMER, customer),
                of.flaws().stream().map(flaw -> error(flaw, of.index(), kind)).toList());
    }

    private static ResultError error(Flaw flaw, int index, String kind) {
        List<String> field =
                new ArrayList<>(List.of("input", "records", String.valueOf(index), kind));
        field.addAll(flaw.path());
        return new ResultError(flaw.code().name(), field, flaw.message());
    }

    private static Mono<IngestPayload> refused(UserError.Code code, String field, String message) {
        return Mono.just(
                new IngestPayload(List.of(), 0, 0, List.of(UserError.of(code, field, message))));
    }
}
