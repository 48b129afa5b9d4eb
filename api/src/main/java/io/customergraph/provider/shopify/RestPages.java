package io.customergraph.provider.shopify;

import io.customergraph.integration.OpenConnection;
import io.customergraph.provider.ProviderAnswer;
import io.customergraph.provider.ProviderCall;
import io.customergraph.provider.ProviderHttp;
import io.customergraph.provider.ProviderUnreachable;
import io.customergraph.provider.check.ProviderCheck;
import io.customergraph.provider.json.JsonFields;
import io.customergraph.provider.shopify.ShopifyRefused.Reason;
import io.customergraph.provider.sync.SourcePage;
import io.customergraph.sync.SyncPosition;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

import reactor.core.publisher.Mono;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads pages of the legacy REST Admin API, of the fields that records are made of. */
final class RestPages {

    /** As RFC 8288 writes it. */
    private static final Pattern NEXT =
            Pattern.compile("<[^>]*[?&]page_info=([^&>]+)[^>]*>\\s*;\\s*rel=\"?next\"?");

    private static final String OF_ORDERS =
            "id,name,order_number,created_at,updated_at,processed_at,closed_at,cancelled_at,email,"
                    + "contact_email,phone,source_name,tags,currency,financial_status,"
                    + "fulfillment_status,total_price,subtotal_price,total_tax,total_discounts,"
                    + "landing_site,referring_site,customer,billing_address,shipping_address,"
                    + "line_items,refunds";
    private static final String OF_CUSTOMERS =
            "id,first_name,last_name,email,phone,created_at,updated_at,state,tags,verified_email,"
                    + "orders_count,total_spent,currency,default_address,email_marketing_consent,"
                    + "sms_marketing_consent";
    private static final String OF_PRODUCTS =
            "id,title,handle,product_type,status,vendor,tags,published_at,created_at,updated_at,"
                    + "variants";

    private final ProviderHttp http;

    RestPages(ProviderHttp http) {
        this.http = http;
    }

    /** A page; a smaller one where it is longer than what is read of an answer. */
    Mono<SourcePage> page(
            OpenConnection open, ShopifyResource what, @Nullable Instant since, Place.Pages at) {
        return http.send(call(open, what, since, at))
                .map(answer -> read(open, what, since, at, answer))
                .onErrorResume(
                        ProviderUnreachable.class,
                        none ->
                                none.problem() == ProviderUnreachable.Problem.TOO_LARGE
                                                && at.size() > 1
                                        ? page(open, what, since, at.sized(at.size() / 2))
                                        : Mono.error(none));
    }

    private static ProviderCall call(
            OpenConnection open, ShopifyResource what, @Nullable Instant since, Place.Pages at) {
        ProviderCall call =
                ProviderCheck.get(open, "/admin/api/{version}/" + what.path() + ".json")
                        .pathValue("version", AdminGraphQl.VERSION)
                        .header(
                                "X-Shopify-Access-Token",
                                ProviderCheck.secret(open, "access_token"))
                        .query("limit", Integer.toString(at.size()))
                        .query("fields", fields(what));
        if (at.cursor() != null) {
            // Its filter and order are those of the first page, and may not be said again.
            return call.query("page_info", at.cursor());
        }
        ProviderCall ordered = call.query("order", "updated_at asc");
        ProviderCall first =
                what == ShopifyResource.ORDERS ? ordered.query("status", "any") : ordered;
        return since == null
                ? first
                : first.query("updated_at_min", since.truncatedTo(ChronoUnit.SECONDS).toString());
    }

    private static String fields(ShopifyResource what) {
        return switch (what) {
            case ORDERS -> OF_ORDERS;
            case CUSTOMERS -> OF_CUSTOMERS;
            case PRODUCTS -> OF_PRODUCTS;
        };
    }

    private static SourcePage read(
            OpenConnection open,
            ShopifyResource what,
            @Nullable Instant since,
            Place.Pages at,
            ProviderAnswer answer) {
        if (!answer.isSuccess()) {
            throw ShopifyRefused.by(answer);
        }
        JsonFields body =
                JsonFields.of(answer.body())
                        .filter(read -> read.object().path(what.path()).isArray())
                        .orElseThrow(() -> new ShopifyRefused(Reason.UNEXPECTED));
        List<JsonFields> found = body.objects(what.path());
        ShopifyRecords records =
                new ShopifyRecords(what, open.connection().account(), AnswerTime.of(answer));
        found.forEach(records::add);
        String cursor = next(answer);
        if (cursor != null && cursor.equals(at.cursor())) {
            throw new ShopifyRefused(Reason.UNEXPECTED);
        }
        SyncPosition next =
                cursor == null
                        ? null
                        : at.next(
                                since,
                                found.size(),
                                ShopifyRecords.newest(found, "updated_at"),
                                cursor);
        return records.page(next, CallLimit.pause(answer));
    }

    private static @Nullable String next(ProviderAnswer answer) {
        for (String link : answer.headers().getOrEmpty(HttpHeaders.LINK)) {
            Matcher next = NEXT.matcher(link);
            if (next.find()) {
                return URLDecoder.decode(next.group(1), StandardCharsets.UTF_8);
            }
        }
        return null;
    }
}
