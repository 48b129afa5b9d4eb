package io.customergraph.provider.shopify;

import io.customergraph.integration.OpenConnection;
import io.customergraph.provider.ProviderUnreachable;
import io.customergraph.provider.json.JsonFields;
import io.customergraph.provider.shopify.AdminGraphQl.Answer;
import io.customergraph.provider.shopify.AdminGraphQl.Question;
import io.customergraph.provider.shopify.ShopifyRefused.Reason;
import io.customergraph.provider.sync.SourcePage;
import io.customergraph.sync.SyncPosition;

import org.jspecify.annotations.Nullable;

import reactor.core.publisher.Mono;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads pages of the Admin GraphQL API. How many records a page has follows from what the one
 * before cost and how long it was.
 */
final class GraphQlPages {

    /** Half of what an answer may be. */
    private static final double GOOD_LENGTH = 2_000_000;

    private final AdminGraphQl api;
    private final NodeParts parts;

    GraphQlPages(AdminGraphQl api, NodeParts parts) {
        this.api = api;
        this.parts = parts;
    }

    /** A page; a smaller one where the shop does not give as much at once. */
    Mono<SourcePage> page(
            OpenConnection open, ShopifyResource what, @Nullable Instant since, Place.Pages at) {
        Question question =
                Question.reading(
                        ShopifyDocuments.page(what, NodeParts.AT_ONCE), variables(since, at));
        return api.ask(open, question, NodeParts.LONGEST_WAIT)
                .flatMap(answer -> read(open, what, since, at, answer))
                .onErrorResume(
                        failure -> isTooMuch(failure) && at.size() > 1,
                        failure -> page(open, what, since, at.sized(at.size() / 2)));
    }

    private static boolean isTooMuch(Throwable failure) {
        return NodeParts.isTooMuch(failure)
                || (failure instanceof ProviderUnreachable none
                        && none.problem() == ProviderUnreachable.Problem.TOO_LARGE);
    }

    private static Map<String, Object> variables(@Nullable Instant since, Place.Pages at) {
        Map<String, Object> variables = new HashMap<>();
        variables.put("first", at.size());
        if (at.cursor() != null) {
            variables.put("after", at.cursor());
        }
        if (since != null) {
            variables.put(
                    "changed", "updated_at:>='" + since.truncatedTo(ChronoUnit.SECONDS) + "'");
        }
        return variables;
    }

    private Mono<SourcePage> read(
            OpenConnection open,
            ShopifyResource what,
            @Nullable Instant since,
            Place.Pages at,
            Answer answer) {
        JsonFields page = answer.data().object("page");
        if (!page.object().path("edges").isArray()) {
            return Mono.error(new ShopifyRefused(Reason.UNEXPECTED));
        }
        List<JsonFields> edges = page.objects("edges");
        List<JsonFields> nodes = edges.stream().map(edge -> edge.object("node")).toList();
        int fitting = NodeParts.fitting(what, nodes);
        boolean isCut = fitting < nodes.size();
        JsonFields info = page.object("pageInfo");
        String cursor = isCut ? edges.get(fitting - 1).text("cursor") : info.text("endCursor");
        boolean hasMore = isCut || info.isTrue("hasNextPage");
        if (hasMore && (cursor == null || cursor.equals(at.cursor()))) {
            return Mono.error(new ShopifyRefused(Reason.UNEXPECTED));
        }
        List<JsonFields> taken = nodes.subList(0, fitting);
        SyncPosition next =
                hasMore && cursor != null
                        ? at.sized(size(at.size(), answer))
                                .next(
                                        since,
                                        taken.size(),
                                        ShopifyRecords.newest(taken, "updatedAt"),
                                        cursor)
                        : null;
        return parts.complete(open, what, taken)
                .map(
                        wholes -> {
                            ShopifyRecords records =
                                    new ShopifyRecords(
                                            what, open.connection().account(), answer.at());
                            wholes.forEach(records::add);
                            return records.page(next, answer.cost().untilNext());
                        });
    }

    /** At most twice as many, so that one page that happens to be light misleads nobody. */
    private static int size(int size, Answer answer) {
        int affordable = answer.cost().affordable(size);
        int handy = (int) Math.max(size * GOOD_LENGTH / Math.max(answer.characters(), 1), 1);
        return Math.min(size * 2, Math.min(affordable, handy));
    }
}
