package io.customergraph.provider.freshdesk;

import io.customergraph.ingest.Origin;
import io.customergraph.ingest.RecordType;
import io.customergraph.ingest.SourceRecord;
import io.customergraph.ingest.SourceRecord.SupportTicketRecord;
import io.customergraph.integration.OpenConnection;
import io.customergraph.provider.ProviderAnswer;
import io.customergraph.provider.ProviderCall;
import io.customergraph.provider.ProviderHttp;
import io.customergraph.provider.check.CheckResult;
import io.customergraph.provider.check.ProviderCheck;
import io.customergraph.provider.json.JsonFields;
import io.customergraph.provider.sync.SourcePage;
import io.customergraph.provider.sync.SourceReader;
import io.customergraph.sync.SyncPosition;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import tools.jackson.databind.JsonNode;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Reads tickets by Freshdesk's API v2, the longest unchanged first. Numbered pages shift while
 * tickets change, so the next page is the first one of those that changed since the last ticket of
 * this one; only where a whole page changed at one time it is the page after it.
 */
@Component
final class FreshdeskReader implements SourceReader {

    private static final String TICKETS = "tickets";
    private static final int PER_PAGE = 100;
    private static final int LAST_PAGE = 300;

    /** Without a time Freshdesk gives the tickets of thirty days. */
    private static final Instant EVER = Instant.parse("2000-01-01T00:00:00Z");

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration SHORT_OF_CALLS = Duration.ofSeconds(20);
    private static final int FEW_CALLS = 20;
    private static final int NOT_FOUND = 404;

    private final ProviderHttp http;

    FreshdeskReader(ProviderHttp http) {
        this.http = http;
    }

    @Override
    public String provider() {
        return "freshdesk";
    }

    @Override
    public Set<String> resources() {
        return Set.of(TICKETS);
    }

    @Override
    public Mono<SourcePage> page(OpenConnection open, String resource, SyncPosition position) {
        if (open.secret("api_key").isEmpty()) {
            return Mono.just(new SourcePage.None("credentials_missing"));
        }
        Instant since = position.since() == null ? EVER : position.since();
        int number = position.page() == null ? 1 : Integer.parseInt(position.page());
        ProviderCall call =
                ProviderCheck.get(open, "/api/v2/tickets")
                        .query("updated_since", since.toString())
                        .query("order_by", "updated_at")
                        .query("order_type", "asc")
                        .query("include", "requester,description")
                        .query("per_page", String.valueOf(PER_PAGE))
                        .query("page", String.valueOf(number))
                        .header("Authorization", key(open));
        return http.send(call)
                .map(answer -> read(answer, open.connection().account(), since, number));
    }

    private static String key(OpenConnection open) {
        return ProviderCheck.basic(ProviderCheck.secret(open, "api_key"), "X");
    }

    /** Tickets that were archived are on no page, and answer at another address. */
    @Override
    public Mono<Set<String>> stillThere(
            OpenConnection open, RecordType type, List<String> externalIds) {
        return Flux.fromIterable(externalIds)
                .filterWhen(id -> isThere(open, id), 1)
                .collect(Collectors.toUnmodifiableSet());
    }

    private Mono<Boolean> isThere(OpenConnection open, String id) {
        return byId(open, "/api/v2/tickets/{id}", id)
                .flatMap(
                        answer ->
                                answer.status() == NOT_FOUND
                                        ? byId(open, "/api/v2/tickets/archived/{id}", id)
                                                .map(archived -> archived.status() != NOT_FOUND)
                                        : Mono.just(!isThrownAway(answer)));
    }

    private Mono<ProviderAnswer> byId(OpenConnection open, String path, String id) {
        return http.send(
                ProviderCheck.get(open, path)
                        .pathValue("id", id)
                        .header("Authorization", key(open)));
    }

    private static boolean isThrownAway(ProviderAnswer answer) {
        return JsonFields.of(answer.body())
                .filter(ticket -> ticket.isTrue("deleted") || ticket.isTrue("spam"))
                .isPresent();
    }

    private static SourcePage read(
            ProviderAnswer answer, String account, Instant since, int number) {
        if (answer.status() == 429) {
            return new SourcePage.Busy(retryAfter(answer));
        }
        String problem = CheckResult.ofStatus(answer).problem();
        if (problem != null) {
            return new SourcePage.None(problem);
        }
        Optional<List<JsonFields>> tickets = JsonFields.listOf(answer.body());
        if (tickets.isEmpty()) {
            return new SourcePage.None("unexpected_answer");
        }
        List<SourceRecord> records = new ArrayList<>();
        Instant latest = since;
        for (JsonFields ticket : tickets.get()) {
            SourceRecord record = ticket(ticket, account);
            if (record != null) {
                records.add(record);
                Instant updated = record.origin().updatedAt();
                latest = updated.isAfter(latest) ? updated : latest;
            }
        }
        boolean hasMore = hasNext(answer) && !tickets.get().isEmpty();
        if (hasMore && !latest.isAfter(since) && number == LAST_PAGE) {
            return new SourcePage.None("too_many_at_once");
        }
        return new SourcePage.Of(
                records,
                tickets.get().size() - records.size(),
                hasMore ? next(since, latest, number) : null,
                isShortOfCalls(answer) ? SHORT_OF_CALLS : Duration.ZERO);
    }

    private static SyncPosition next(Instant since, Instant latest, int number) {
        return latest.isAfter(since)
                ? new SyncPosition(latest, null)
                : new SyncPosition(since, String.valueOf(number + 1));
    }

    /** Null for what has no id or time, without which nothing can be kept. */
    private static @Nullable SourceRecord ticket(JsonFields ticket, String account) {
        String id = ticket.id("id");
        Instant updated = ticket.time("updated_at");
        if (id == null || updated == null) {
            return null;
        }
        Instant created = ticket.time("created_at");
        JsonFields requester = ticket.object("requester");
        return new SupportTicketRecord(
                new Origin("freshdesk", account, id, created == null ? updated : created, updated),
                FreshdeskTicket.person(requester),
                ticket.text("subject"),
                ticket.text("description_text"),
                FreshdeskTicket.status(ticket.text("status")),
                FreshdeskTicket.priority(ticket.text("priority")),
                FreshdeskTicket.channel(ticket.text("source")),
                tags(ticket.object().path("tags")),
                ticket.time("due_by"),
                null);
    }

    private static List<String> tags(JsonNode tags) {
        List<String> texts = new ArrayList<>();
        if (tags.isArray()) {
            tags.forEach(
                    tag -> {
                        if (tag.isString() && !tag.asString().isBlank()) {
                            texts.add(tag.asString().strip());
                        }
                    });
        }
        return texts;
    }

    /** As RFC 8288 writes it. */
    private static boolean hasNext(ProviderAnswer answer) {
        return answer.headers().getOrEmpty(HttpHeaders.LINK).stream()
                .anyMatch(link -> link.matches(".*;\\s*rel=\"?next\"?.*"));
    }

    private static boolean isShortOfCalls(ProviderAnswer answer) {
        return number(answer.headers().getFirst("X-RateLimit-Remaining"))
                .filter(remaining -> remaining < FEW_CALLS)
                .isPresent();
    }

    private static Duration retryAfter(ProviderAnswer answer) {
        return number(answer.headers().getFirst(HttpHeaders.RETRY_AFTER))
                .map(Duration::ofSeconds)
                .orElse(MINUTE);
    }

    private static Optional<Integer> number(@Nullable String header) {
        return Optional.ofNullable(header)
                .map(String::strip)
                .filter(text -> text.matches("[0-9]{1,6}"))
                .map(Integer::valueOf);
    }
}
