package io.customergraph.review.graphql;

import io.customergraph.customer.UserError;
import io.customergraph.graphql.NodeId;
import io.customergraph.graphql.NodeType;
import io.customergraph.graphql.Reason;
import io.customergraph.merge.MergeOutcome;
import io.customergraph.merge.MergeRequest;
import io.customergraph.merge.Merges;
import io.customergraph.merge.graphql.MergeOverrides;
import io.customergraph.paging.GraphReads;
import io.customergraph.review.MatchCandidate;
import io.customergraph.review.MatchCandidates;
import io.customergraph.review.MatchRejections;

import org.jspecify.annotations.Nullable;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.MutationMapping;
import org.springframework.stereotype.Controller;

import reactor.core.publisher.Mono;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/** A person's decisions about candidates. */
@Controller
final class CandidateMutations {

    private final Merges merges;
    private final MatchRejections rejections;
    private final GraphReads reads;

    CandidateMutations(Merges merges, MatchRejections rejections, GraphReads reads) {
        this.merges = merges;
        this.rejections = rejections;
        this.reads = reads;
    }

    /** What became of a decision. */
    public record CandidatePayload(
            @Nullable UUID candidate, @Nullable UUID customer, List<UserError> userErrors) {

        static CandidatePayload refused(List<UserError> errors) {
            return new CandidatePayload(null, null, errors);
        }
    }

    @MutationMapping
    Mono<CandidatePayload> confirmMatch(@Argument Map<String, Object> input) {
        return open(input).flatMap(found -> confirm(found, input)).defaultIfEmpty(notOpen());
    }

    @MutationMapping
    Mono<CandidatePayload> rejectMatch(@Argument Map<String, Object> input) {
        return open(input)
                .flatMap(
                        found ->
                                rejections
                                        .reject(
                                                found.customerId(),
                                                found.otherCustomerId(),
                                                Reason.of(input))
                                        .map(
                                                errors ->
                                                        errors.isEmpty()
                                                                ? new CandidatePayload(
                                                                        found.id(), null, errors)
                                                                : CandidatePayload.refused(errors)))
                .defaultIfEmpty(notOpen());
    }

    /** The candidate of an input, where it waits for a decision. */
    private Mono<MatchCandidate> open(Map<String, Object> input) {
        String text = (String) Objects.requireNonNull(input.get("candidateId"));
        UUID id = NodeId.decode(NodeType.MATCH_CANDIDATE, text);
        return reads.lookup(MatchCandidates.LOOKUP, List.of(id))
                .mapNotNull(found -> found.get(id))
                .filter(candidate -> candidate.status().equals("open"));
    }

    private static CandidatePayload notOpen() {
        return CandidatePayload.refused(
                List.of(
                        UserError.of(
                                UserError.Code.NOT_FOUND,
                                "candidateId",
                                "There is no open candidate of that id; it may be decided"
                                        + " already")));
    }

    private Mono<CandidatePayload> confirm(MatchCandidate candidate, Map<String, Object> input) {
        String asked = (String) input.get("survivorId");
        UUID survivor = asked == null ? candidate.customerId() : NodeId.customer(asked);
        if (!survivor.equals(candidate.customerId())
                && !survivor.equals(candidate.otherCustomerId())) {
            return Mono.just(
                    CandidatePayload.refused(
                            List.of(
                                    UserError.of(
                                            UserError.Code.INVALID,
                                            "survivorId",
                                            "The survivor is one of the candidate's two"
                                                    + " customers"))));
        }
        UUID absorbed =
                survivor.equals(candidate.customerId())
                        ? candidate.otherCustomerId()
                        : candidate.customerId();
        return token(survivor, absorbed, input)
                .flatMap(
                        token ->
                                merges.merge(
                                        new MergeRequest(
                                                survivor,
                                                List.of(absorbed),
                                                token,
                                                MergeOverrides.of(input),
                                                Map.of(),
                                                Reason.of(input))))
                .map(
                        outcome ->
                                switch (outcome) {
                                    case MergeOutcome.Done done ->
                                            new CandidatePayload(
                                                    candidate.id(), done.survivor(), List.of());
                                    case MergeOutcome.Refused refused ->
                                            CandidatePayload.refused(refused.errors());
                                });
    }

    /** As things are, where the caller saw no preview; what stands against it still does. */
    private Mono<String> token(UUID survivor, UUID absorbed, Map<String, Object> input) {
        String given = (String) input.get("previewToken");
        return given != null
                ? Mono.just(given)
                : merges.preview(survivor, List.of(absorbed))
                        .map(preview -> Objects.requireNonNullElse(preview.token(), ""));
    }
}
