package io.customergraph.provider.shopify;

import io.customergraph.integration.OpenConnection;
import io.customergraph.provider.ProviderAnswer;
import io.customergraph.provider.ProviderCall;
import io.customergraph.provider.ProviderHttp;
import io.customergraph.provider.ProviderUnreachable;
import io.customergraph.provider.shopify.BulkOperations.State;
import io.customergraph.provider.shopify.ShopifyRefused.Reason;
import io.customergraph.provider.sync.SourcePage;
import io.customergraph.sync.SyncPosition;

import org.springframework.http.HttpHeaders;

import reactor.core.publisher.Mono;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads everything of one sort by a bulk operation: the shop writes a file, of which parts are
 * read, each beginning where the whole nodes of the one before ended. Where the operation or its
 * file is lost, everything is read by pages; what was read twice changes nothing.
 */
final class BulkReads {

    private static final Duration SOON = Duration.ofMillis(500);
    private static final Duration WRITING = Duration.ofSeconds(10);

    /** Of a file that is read at once; half of what an answer may be. */
    private static final long PART = 2_000_000;

    private static final Pattern RANGE = Pattern.compile("bytes ([0-9]+)-([0-9]+)/([0-9]+)");

    private final ProviderHttp http;
    private final BulkOperations operations;
    private final NodeParts parts;

    BulkReads(ProviderHttp http, BulkOperations operations, NodeParts parts) {
        this.http = http;
        this.operations = operations;
        this.parts = parts;
    }

    /** Has the shop begin; where it does not, pages are read. */
    Mono<SourcePage> begin(OpenConnection open, ShopifyResource what, SyncPosition byPages) {
        return operations
                .begin(open, what)
                .map(
                        id ->
                                id.map(found -> goOn(new Place.Bulk(found, 0), SOON))
                                        .orElseGet(() -> goOn(byPages)))
                .onErrorResume(
                        ShopifyRefused.class,
                        refused ->
                                switch (refused.reason()) {
                                    case UNEXPECTED, TOO_MUCH -> Mono.just(goOn(byPages));
                                    case UNAUTHORIZED, THROTTLED, NOT_THERE, BROKEN ->
                                            Mono.error(refused);
                                });
    }

    private static SourcePage goOn(Place.Bulk at, Duration pause) {
        return new SourcePage.Of(List.of(), List.of(), new SyncPosition(null, at.word()), pause);
    }

    private static SourcePage goOn(SyncPosition next) {
        return new SourcePage.Of(List.of(), List.of(), next, Duration.ZERO);
    }

    /** The next part. */
    Mono<SourcePage> page(
            OpenConnection open, ShopifyResource what, Place.Bulk at, SyncPosition byPages) {
        return operations
                .state(open, at.operation())
                .flatMap(
                        state ->
                                switch (state) {
                                    case State.Running _ -> Mono.just(new SourcePage.Busy(WRITING));
                                    case State.Lost _ -> Mono.just(goOn(byPages));
                                    case State.Done done -> part(open, what, at, done);
                                })
                .onErrorResume(BulkReads::isLost, lost -> Mono.just(goOn(byPages)));
    }

    private static boolean isLost(Throwable failure) {
        return switch (failure) {
            case ShopifyRefused refused ->
                    refused.reason() == Reason.NOT_THERE || refused.reason() == Reason.TOO_MUCH;
            case ProviderUnreachable none ->
                    none.problem() == ProviderUnreachable.Problem.TOO_LARGE;
            default -> false;
        };
    }

    private Mono<SourcePage> part(
            OpenConnection open, ShopifyResource what, Place.Bulk at, State.Done done) {
        ShopifyRecords records =
                new ShopifyRecords(what, open.connection().account(), done.writtenAfter());
        String url = done.url();
        if (url == null) {
            return Mono.just(records.page(null, Duration.ZERO));
        }
        return Mono.justOrEmpty(SignedAddress.read(open.connection().id(), url))
                .switchIfEmpty(Mono.error(() -> new ShopifyRefused(Reason.NOT_THERE)))
                .flatMap(call -> part(open, at, call, records));
    }

    private Mono<SourcePage> part(
            OpenConnection open, Place.Bulk at, ProviderCall call, ShopifyRecords records) {
        long last = at.offset() + PART - 1;
        return http.send(
                        call.header(HttpHeaders.RANGE, "bytes=" + at.offset() + "-" + last)
                                .header(HttpHeaders.ACCEPT_ENCODING, "identity"))
                .map(answer -> read(answer, at.offset()))
                .flatMap(
                        file ->
                                parts.withRefunds(open, file.nodes())
                                        .map(
                                                wholes -> {
                                                    wholes.forEach(records::add);
                                                    records.rejectLines(file.broken());
                                                    return records.page(
                                                            file.isEnd() ? null : next(at, file),
                                                            Duration.ZERO);
                                                }));
    }

    private static SyncPosition next(Place.Bulk at, BulkFile file) {
        return new SyncPosition(
                null, new Place.Bulk(at.operation(), at.offset() + file.bytes()).word());
    }

    private static BulkFile read(ProviderAnswer answer, long offset) {
        BulkFile file =
                switch (answer.status()) {
                    case 200 -> BulkFile.read(after(answer.body(), offset), true);
                    case 206 -> BulkFile.read(answer.body(), isEnd(answer, offset));
                    case 416 -> BulkFile.read("", true);
                    // The address is good for a week.
                    case 401, 403 -> throw new ShopifyRefused(Reason.NOT_THERE);
                    default -> throw ShopifyRefused.by(answer);
                };
        if (!file.isEnd() && file.bytes() == 0) {
            throw new ShopifyRefused(Reason.TOO_MUCH);
        }
        return file;
    }

    /** Who gives the whole file was not asked for it, and may. */
    private static String after(String file, long offset) {
        byte[] bytes = file.getBytes(StandardCharsets.UTF_8);
        int from = (int) Math.min(offset, bytes.length);
        return new String(bytes, from, bytes.length - from, StandardCharsets.UTF_8);
    }

    private static boolean isEnd(ProviderAnswer answer, long offset) {
        String told = answer.headers().getFirst(HttpHeaders.CONTENT_RANGE);
        Matcher range = RANGE.matcher(told == null ? "" : told.strip());
        if (!range.matches() || Long.parseLong(range.group(1)) != offset) {
            throw new ShopifyRefused(Reason.NOT_THERE);
        }
        return Long.parseLong(range.group(2)) + 1 == Long.parseLong(range.group(3));
    }
}
