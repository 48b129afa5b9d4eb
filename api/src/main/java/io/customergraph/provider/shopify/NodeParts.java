package io.customergraph.provider.shopify;

import io.customergraph.integration.OpenConnection;
import io.customergraph.provider.json.JsonFields;
import io.customergraph.provider.shopify.AdminGraphQl.Question;
import io.customergraph.provider.shopify.ShopifyNodes.Whole;
import io.customergraph.provider.shopify.ShopifyRefused.Reason;

import org.jspecify.annotations.Nullable;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Asks for what of a node does not come with it: line items and variants beyond the first ones, and
 * what refunds consist of.
 */
final class NodeParts {

    /** Children that come with their node; more of them are asked for by themselves. */
    static final int AT_ONCE = 20;

    /** As long as the dearest document waits in the smallest shop. */
    static final Duration LONGEST_WAIT = Duration.ofSeconds(20);

    private static final int MOST_CALLS = 8;
    private static final int REFUNDED_AT_ONCE = 10;

    /** How many orders of a page may have refunds. */
    static final int MOST_REFUNDED = MOST_CALLS * REFUNDED_AT_ONCE;

    private static final int CHILDREN = 250;

    /** Shopify allows no more than 2,048 variants, and fewer line items. */
    private static final int MOST_CHILDREN = 2_500;

    private final AdminGraphQl api;

    NodeParts(AdminGraphQl api) {
        this.api = api;
    }

    /** How many of these nodes, in their order, need no more calls than a page may take. */
    static int fitting(ShopifyResource what, List<JsonFields> nodes) {
        int unfinished = 0;
        int refunded = 0;
        for (int n = 0; n < nodes.size(); n++) {
            unfinished += hasMore(what, nodes.get(n)) ? 1 : 0;
            refunded += isRefunded(nodes.get(n)) ? 1 : 0;
            int calls = unfinished + (refunded + REFUNDED_AT_ONCE - 1) / REFUNDED_AT_ONCE;
            if (calls > MOST_CALLS && n > 0) {
                return n;
            }
        }
        return nodes.size();
    }

    private static JsonFields children(ShopifyResource what, JsonFields node) {
        return node.object(ShopifyDocuments.children(what));
    }

    private static boolean hasMore(ShopifyResource what, JsonFields node) {
        return children(what, node).object("pageInfo").isTrue("hasNextPage");
    }

    static boolean isRefunded(JsonFields node) {
        return !node.objects("refunds").isEmpty();
    }

    /** The nodes of a page with all that hangs on them, in their order. */
    Mono<List<Whole>> complete(OpenConnection open, ShopifyResource what, List<JsonFields> nodes) {
        return Flux.fromIterable(nodes)
                .concatMap(node -> withChildren(open, what, node))
                .collectList()
                .flatMap(wholes -> withRefunds(open, wholes));
    }

    private Mono<Whole> withChildren(OpenConnection open, ShopifyResource what, JsonFields node) {
        List<JsonFields> first = nodesOf(children(what, node));
        String id = node.text("id");
        if (!hasMore(what, node) || id == null) {
            return Mono.just(new Whole(node, first, true, List.of()));
        }
        String cursor = children(what, node).object("pageInfo").text("endCursor");
        return more(open, what, id, new Children(first, cursor, false), CHILDREN)
                .map(all -> new Whole(node, all.known(), all.isComplete(), List.of()));
    }

    /** Children of a node as far as they are known. */
    private record Children(List<JsonFields> known, @Nullable String cursor, boolean isComplete) {

        Children {
            known = List.copyOf(known);
        }

        /** An answer without a child is the end, or else they might be asked for without one. */
        Children with(JsonFields connection) {
            List<JsonFields> all = new ArrayList<>(known);
            List<JsonFields> more = nodesOf(connection);
            all.addAll(more);
            JsonFields info = connection.object("pageInfo");
            boolean isLast = connection.has("pageInfo") && !info.isTrue("hasNextPage");
            return new Children(all, more.isEmpty() ? null : info.text("endCursor"), isLast);
        }

        boolean isEnd() {
            return isComplete || cursor == null || known.size() >= MOST_CHILDREN;
        }
    }

    private Mono<Children> more(
            OpenConnection open, ShopifyResource what, String id, Children before, int size) {
        String cursor = before.cursor();
        if (before.isEnd() || cursor == null) {
            return Mono.just(before);
        }
        Question question =
                Question.reading(
                        ShopifyDocuments.more(what),
                        Map.of("id", id, "first", size, "after", cursor));
        return api.ask(open, question, LONGEST_WAIT)
                .map(
                        answer ->
                                before.with(
                                        answer.data()
                                                .object("node")
                                                .object(ShopifyDocuments.children(what))))
                .onErrorResume(
                        refused -> isTooMuch(refused) && size > 1,
                        refused -> more(open, what, id, before, size / 2))
                .flatMap(after -> more(open, what, id, after, size));
    }

    /** Gives orders the refunds that they name. */
    Mono<List<Whole>> withRefunds(OpenConnection open, List<Whole> wholes) {
        List<String> refunded = new ArrayList<>();
        for (Whole whole : wholes) {
            String id = whole.node().text("id");
            if (id != null && isRefunded(whole.node())) {
                refunded.add(id);
            }
        }
        return Flux.fromIterable(refunded)
                .buffer(REFUNDED_AT_ONCE)
                .concatMap(ids -> refunds(open, ids))
                .collect(HashMap<String, List<JsonFields>>::new, (all, some) -> all.putAll(some))
                .map(known -> wholes.stream().map(whole -> withRefunds(whole, known)).toList());
    }

    private static Whole withRefunds(Whole whole, Map<String, List<JsonFields>> known) {
        String id = whole.node().text("id");
        List<JsonFields> refunds = id == null ? null : known.get(id);
        return refunds == null ? whole : whole.withRefunds(refunds);
    }

    private Flux<Map<String, List<JsonFields>>> refunds(OpenConnection open, List<String> ids) {
        return api.ask(
                        open,
                        Question.reading(ShopifyDocuments.REFUNDS, Map.of("ids", ids)),
                        LONGEST_WAIT)
                .map(answer -> refunds(answer.data()))
                .flux()
                .onErrorResume(
                        refused -> isTooMuch(refused) && ids.size() > 1,
                        refused ->
                                Flux.just(
                                                ids.subList(0, ids.size() / 2),
                                                ids.subList(ids.size() / 2, ids.size()))
                                        .concatMap(half -> refunds(open, half)));
    }

    private static Map<String, List<JsonFields>> refunds(JsonFields data) {
        Map<String, List<JsonFields>> refunds = new HashMap<>();
        for (JsonFields order : data.objects("nodes")) {
            String id = order.text("id");
            if (id != null) {
                refunds.put(id, order.objects("refunds"));
            }
        }
        return refunds;
    }

    private static List<JsonFields> nodesOf(JsonFields connection) {
        return connection.objects("edges").stream().map(edge -> edge.object("node")).toList();
    }

    static boolean isTooMuch(Throwable failure) {
        return failure instanceof ShopifyRefused refused && refused.reason() == Reason.TOO_MUCH;
    }
}
