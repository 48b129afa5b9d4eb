package io.customergraph.merge.graphql;

import io.customergraph.customer.UserError;
import io.customergraph.graphql.InvalidRequest;
import io.customergraph.graphql.NodeId;
import io.customergraph.graphql.Reason;
import io.customergraph.merge.MergeOutcome;
import io.customergraph.merge.MergePreview;
import io.customergraph.merge.MergeRequest;
import io.customergraph.merge.Merges;

import org.jspecify.annotations.Nullable;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.MutationMapping;
import org.springframework.graphql.data.method.annotation.QueryMapping;
import org.springframework.stereotype.Controller;

import reactor.core.publisher.Mono;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/** A merge seen before, done, and taken back. */
@Controller
final class MergeMutations {

    private final Merges merges;

    MergeMutations(Merges merges) {
        this.merges = merges;
    }

    /** What became of a merge. */
    public record MergePayload(@Nullable UUID survivor, List<UserError> userErrors) {}

    /** What became of taking one back. */
    public record UnmergePayload(
            @Nullable UUID survivor,
            @Nullable UUID customer,
            List<MergeOutcome.AmbiguousRecord> ambiguous,
            List<UserError> userErrors) {}

    @QueryMapping
    Mono<MergePreview> mergePreview(@Argument String survivor, @Argument List<String> absorbed) {
        return merges.preview(NodeId.customer(survivor), customers("absorbed", absorbed));
    }

    @MutationMapping
    Mono<MergePayload> mergeCustomers(@Argument Map<String, Object> input) {
        MergeRequest request =
                new MergeRequest(
                        NodeId.customer(text(input, "survivorId")),
                        customers("absorbedIds", ids(input, "absorbedIds")),
                        text(input, "previewToken"),
                        MergeOverrides.of(input),
                        fields(input),
                        Reason.of(input));
        return merges.merge(request)
                .map(
                        outcome ->
                                switch (outcome) {
                                    case MergeOutcome.Done done ->
                                            new MergePayload(done.survivor(), List.of());
                                    case MergeOutcome.Refused refused ->
                                            new MergePayload(null, refused.errors());
                                });
    }

    @MutationMapping
    Mono<UnmergePayload> unmergeCustomers(@Argument Map<String, Object> input) {
        return merges.unmerge(NodeId.customer(text(input, "customerId")), Reason.of(input))
                .map(
                        outcome ->
                                switch (outcome) {
                                    case MergeOutcome.Done done ->
                                            new UnmergePayload(
                                                    done.survivor(),
                                                    done.other(),
                                                    done.ambiguous(),
                                                    List.of());
                                    case MergeOutcome.Refused refused ->
                                            new UnmergePayload(
                                                    null, null, List.of(), refused.errors());
                                });
    }

    private static List<UUID> customers(String argument, List<String> ids) {
        if (ids.isEmpty() || ids.size() > MergePreview.MAX_ABSORBED) {
            throw new InvalidRequest(
                    InvalidRequest.Code.BAD_USER_INPUT,
                    "`%s` names 1 to %d customers".formatted(argument, MergePreview.MAX_ABSORBED));
        }
        return ids.stream().map(NodeId::customer).toList();
    }

    private static Map<String, UUID> fields(Map<String, Object> input) {
        Map<String, UUID> fields = new HashMap<>();
        if (input.get("fields") instanceof List<?> choices) {
            for (Object choice : choices) {
                Map<?, ?> chosen = (Map<?, ?>) choice;
                String field = (String) Objects.requireNonNull(chosen.get("field"));
                String customer = (String) Objects.requireNonNull(chosen.get("customerId"));
                if (fields.put(field, NodeId.customer(customer)) != null) {
                    throw new InvalidRequest(
                            InvalidRequest.Code.BAD_USER_INPUT,
                            "`fields` names a field twice; one value survives");
                }
            }
        }
        return fields;
    }

    private static String text(Map<String, Object> input, String field) {
        return (String) Objects.requireNonNull(input.get(field));
    }

    @SuppressWarnings("unchecked") // The schema says that it is a list of ids.
    private static List<String> ids(Map<String, Object> input, String field) {
        return (List<String>) Objects.requireNonNull(input.get(field));
    }
}
