package io.customergraph.provider.shopify;

import io.customergraph.ingest.RecordType;
import io.customergraph.integration.OpenConnection;
import io.customergraph.provider.shopify.AdminGraphQl.Question;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Asks a shop which of some records it has. */
final class ExistingRecords {

    private static final int AT_ONCE = 100;
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);
    private static final String DOCUMENT = "query ($ids: [ID!]!) { nodes(ids: $ids) { id } }";

    private final AdminGraphQl api;

    ExistingRecords(AdminGraphQl api) {
        this.api = api;
    }

    /** Those that the shop has, by their ids; all where it does not know such a sort by ids. */
    Mono<Set<String>> of(OpenConnection open, RecordType type, List<String> ids) {
        String sort = sort(type);
        if (sort.isEmpty()) {
            return Mono.just(Set.copyOf(ids));
        }
        String prefix = "gid://shopify/" + sort + "/";
        return Flux.fromIterable(ids)
                .buffer(AT_ONCE)
                .concatMap(
                        some ->
                                api.ask(
                                        open,
                                        Question.reading(
                                                DOCUMENT,
                                                Map.of(
                                                        "ids",
                                                        some.stream()
                                                                .map(id -> prefix + id)
                                                                .toList())),
                                        LONGEST_WAIT))
                .flatMapIterable(answer -> answer.data().objects("nodes"))
                .mapNotNull(node -> ShopifyFields.globalId(node, "id", sort))
                .collect(Collectors.toUnmodifiableSet());
    }

    private static String sort(RecordType type) {
        return switch (type) {
            case SHOPIFY_ORDER -> "Order";
            case SHOPIFY_CUSTOMER -> "Customer";
            case SHOPIFY_PRODUCT -> "Product";
            case SHOPIFY_REFUND,
                    SUPPORT_TICKET,
                    SUPPORT_CONTACT,
                    APPOINTMENT,
                    PROSPECT,
                    OMNI_CONVERSATION,
                    TRANSACTION,
                    TRANSACTION_REFUND,
                    ENROLLMENT ->
                    "";
        };
    }
}
