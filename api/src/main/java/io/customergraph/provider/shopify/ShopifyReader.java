package io.customergraph.provider.shopify;

import io.customergraph.ingest.RecordType;
import io.customergraph.integration.OpenConnection;
import io.customergraph.provider.ProviderHttp;
import io.customergraph.provider.shopify.Place.Api;
import io.customergraph.provider.shopify.Place.Pages;
import io.customergraph.provider.shopify.ShopifyRefused.Reason;
import io.customergraph.provider.sync.SourcePage;
import io.customergraph.provider.sync.SourceReader;
import io.customergraph.sync.SyncPosition;

import org.springframework.stereotype.Component;

import reactor.core.publisher.Mono;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads a shop's orders, customers and products, the longest unchanged first: by the Admin GraphQL
 * API, or by the legacy REST API where the connection says so.
 */
@Component
final class ShopifyReader implements SourceReader {

    /** Webhooks tell what happens; this finds what they left out. */
    private static final Duration EVERY = Duration.ofHours(1);

    /** Before the first answer tells what records cost. */
    private static final int FIRST_SIZE = 50;

    private final GraphQlPages pages;
    private final RestPages restPages;
    private final BulkReads bulk;
    private final ExistingRecords existing;

    ShopifyReader(AdminGraphQl api, ProviderHttp http) {
        NodeParts parts = new NodeParts(api);
        this.pages = new GraphQlPages(api, parts);
        this.restPages = new RestPages(http);
        this.existing = new ExistingRecords(api);
        this.bulk = new BulkReads(http, new BulkOperations(api), parts);
    }

    @Override
    public String provider() {
        return ShopifyDeliveries.PROVIDER;
    }

    @Override
    public List<String> resources() {
        return ShopifyResource.paths();
    }

    @Override
    public Optional<Duration> every() {
        return Optional.of(EVERY);
    }

    @Override
    public Mono<SourcePage> page(OpenConnection open, String resource, SyncPosition position) {
        if (open.secret("access_token").isEmpty()) {
            return Mono.just(new SourcePage.None("credentials_missing"));
        }
        ShopifyResource what = ShopifyResource.of(resource);
        Api api = setting(open, "admin_api").equals("rest") ? Api.REST : Api.GRAPHQL;
        boolean isByBulk =
                api == Api.GRAPHQL
                        && position.since() == null
                        && !setting(open, "first_read").equals("pages");
        Pages first = Pages.first(api, api == Api.REST ? Pages.MOST : FIRST_SIZE);
        SyncPosition byPages = new SyncPosition(position.since(), first.word());
        Place place = Place.of(position);
        Mono<SourcePage> page =
                switch (place) {
                    case Place.Bulk at -> bulk.page(open, what, at, byPages);
                    case Pages at when at.api() == api -> pages(open, what, position, at);
                    case null, default ->
                            isByBulk && place == null
                                    ? bulk.begin(open, what, byPages)
                                    : pages(open, what, position, first);
                };
        return page.onErrorResume(ShopifyRefused.class, refused -> Mono.just(refused(refused)));
    }

    /** Without `read_all_orders` a shop shows the orders of 60 days and no others. */
    @Override
    public Set<RecordType> wholeOf(OpenConnection open, String resource) {
        boolean isPart =
                resource.equals("orders")
                        && !open.connection().grantedScopes().contains("read_all_orders");
        return isPart ? Set.of() : SourceReader.sortsCalled(provider(), resource);
    }

    @Override
    public Mono<Set<String>> stillThere(
            OpenConnection open, RecordType type, List<String> externalIds) {
        return existing.of(open, type, externalIds);
    }

    private static String setting(OpenConnection open, String name) {
        return open.connection().settings().getOrDefault(name, "");
    }

    private Mono<SourcePage> pages(
            OpenConnection open, ShopifyResource what, SyncPosition position, Pages at) {
        Mono<SourcePage> page =
                at.api() == Api.REST
                        ? restPages.page(open, what, position.since(), at)
                        : pages.page(open, what, position.since(), at);
        return page.onErrorResume(
                failure ->
                        isOfItsName(failure)
                                && at.cursor() != null
                                && at.isFurtherThan(position.since()),
                forgotten ->
                        Mono.just(
                                new SourcePage.Of(List.of(), List.of(), at.anew(), Duration.ZERO)));
    }

    /** A page whose name the shop does not know any more: a new row of pages begins. */
    private static boolean isOfItsName(Throwable failure) {
        return failure instanceof ShopifyRefused refused
                && (refused.reason() == Reason.NOT_THERE || refused.reason() == Reason.UNEXPECTED);
    }

    private static SourcePage refused(ShopifyRefused refused) {
        return refused.reason() == Reason.THROTTLED
                ? new SourcePage.Busy(refused.pause())
                : new SourcePage.None(refused.problem());
    }
}
