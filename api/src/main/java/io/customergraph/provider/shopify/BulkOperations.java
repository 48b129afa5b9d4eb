package io.customergraph.provider.shopify;

import io.customergraph.integration.OpenConnection;
import io.customergraph.provider.json.JsonFields;
import io.customergraph.provider.shopify.AdminGraphQl.Question;

import org.jspecify.annotations.Nullable;

import reactor.core.publisher.Mono;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** Has a shop write everything of one sort into a file, and tells how far it is. */
final class BulkOperations {

    private static final String RUN =
            """
            mutation ($query: String!) { bulkOperationRunQuery(query: $query, groupObjects: true) {
              bulkOperation { id status query } userErrors { field message } } }
            """;

    private static final String CURRENT =
            "{ currentBulkOperation(type: QUERY) { id status createdAt query } }";

    private static final String STATE =
            "query ($id: ID!) { node(id: $id) { ... on BulkOperation { id status createdAt url } }"
                    + " }";

    /** An older one lacks what changed since, which the next pass would not look for. */
    private static final Duration OURS_SINCE = Duration.ofMinutes(5);

    private final AdminGraphQl api;

    BulkOperations(AdminGraphQl api) {
        this.api = api;
    }

    /** How far one is. */
    sealed interface State {

        /** The shop still writes. */
        record Running() implements State {}

        /** The file is there; without an address where it is empty. */
        record Done(@Nullable String url, Instant writtenAfter) implements State {}

        /** It failed, was cancelled, or is forgotten; what it left behind is a part. */
        record Lost() implements State {}
    }

    /**
     * Begins one.
     *
     * @return its id; empty where the shop does not begin it, as while it works at others. One that
     *     asks for the same, and was begun by somebody who died before it was written down, is
     *     taken up
     */
    Mono<Optional<String>> begin(OpenConnection open, ShopifyResource what) {
        String query = ShopifyDocuments.bulk(what);
        return api.ask(
                        open,
                        new Question(RUN, Map.of("query", query), false),
                        NodeParts.LONGEST_WAIT)
                .flatMap(
                        answer -> {
                            JsonFields run = answer.data().object("bulkOperationRunQuery");
                            String id = run.object("bulkOperation").text("id");
                            return id != null && run.objects("userErrors").isEmpty()
                                    ? Mono.just(Optional.of(id))
                                    : running(open, query);
                        });
    }

    private Mono<Optional<String>> running(OpenConnection open, String query) {
        return api.ask(open, Question.reading(CURRENT, Map.of()), NodeParts.LONGEST_WAIT)
                .map(
                        answer -> {
                            JsonFields current = answer.data().object("currentBulkOperation");
                            Instant created = current.time("createdAt");
                            return isUnderWay(current.text("status"))
                                            && same(query, current.text("query"))
                                            && created != null
                                            && created.isAfter(answer.at().minus(OURS_SINCE))
                                    ? Optional.ofNullable(current.text("id"))
                                    : Optional.empty();
                        });
    }

    private static boolean isUnderWay(@Nullable String status) {
        return "CREATED".equals(status) || "RUNNING".equals(status);
    }

    /** The shop may write it with other blanks. */
    private static boolean same(String query, @Nullable String other) {
        return other != null && words(query).equals(words(other));
    }

    private static String words(String query) {
        return query.replaceAll("\\s+", " ").strip();
    }

    /** How far an operation is. */
    Mono<State> state(OpenConnection open, String operation) {
        return api.ask(
                        open,
                        Question.reading(STATE, Map.of("id", operation)),
                        NodeParts.LONGEST_WAIT)
                .map(
                        answer -> {
                            JsonFields node = answer.data().object("node");
                            String status = node.text("status");
                            if (isUnderWay(status)) {
                                return new State.Running();
                            }
                            Instant created = node.time("createdAt");
                            return "COMPLETED".equals(status) && created != null
                                    ? new State.Done(node.text("url"), created)
                                    : new State.Lost();
                        });
    }
}
