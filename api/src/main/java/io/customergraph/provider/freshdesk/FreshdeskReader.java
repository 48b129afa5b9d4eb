package io.customergraph.provider.freshdesk;

import io.customergraph.ingest.RecordType;
import io.customergraph.ingest.SourceRecord;
import io.customergraph.integration.OpenConnection;
import io.customergraph.provider.ProviderAnswer;
import io.customergraph.provider.ProviderCall;
import io.customergraph.provider.ProviderHttp;
import io.customergraph.provider.check.CheckResult;
import io.customergraph.provider.check.ProviderCheck;
import io.customergraph.provider.json.JsonFields;
import io.customergraph.provider.sync.SourcePage;
import io.customergraph.provider.sync.SourceReader;
import io.customergraph.sync.Rejection;
import io.customergraph.sync.SyncPosition;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Reads tickets and contacts by Freshdesk's API v2.
 *
 * <p>Tickets come the longest unchanged first. Numbered pages shift while tickets change, so the
 * next page is the first one of those that changed since the last ticket of this one; only where a
 * whole page changed at one time it is the page after it. Contacts come in an order that cannot be
 * chosen, so theirs are the numbered pages.
 */
@Component
final class FreshdeskReader implements SourceReader {

    private static final String TICKETS = "tickets";
    private static final String CONTACTS = "contacts";
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
    public List<String> resources() {
        return List.of(CONTACTS, TICKETS);
    }

    @Override
    public Mono<SourcePage> page(OpenConnection open, String resource, SyncPosition position) {
        if (open.secret("api_key").isEmpty()) {
            return Mono.just(new SourcePage.None("credentials_missing"));
        }
        int number = position.page() == null ? 1 : Integer.parseInt(position.page());
        boolean isOfContacts = resource.equals(CONTACTS);
        ProviderCall call =
                (isOfContacts ? contacts(open, position) : tickets(open, since(position)))
                        .query("per_page", String.valueOf(PER_PAGE))
                        .query("page", String.valueOf(number))
                        .header("Authorization", key(open));
        return http.send(call)
                .map(
                        answer -> {
                            Optional<List<JsonFields>> all = JsonFields.listOf(answer.body());
                            SourcePage none = none(answer, all.isPresent());
                            if (none != null) {
                                return none;
                            }
                            List<JsonFields> items = all.orElse(List.of());
                            String account = open.connection().account();
                            return isOfContacts
                                    ? contacts(answer, items, account, position, number)
                                    : tickets(answer, items, account, since(position), number);
                        });
    }

    private static Instant since(SyncPosition position) {
        return position.since() == null ? EVER : position.since();
    }

    private static ProviderCall tickets(OpenConnection open, Instant since) {
        return ProviderCheck.get(open, "/api/v2/tickets")
                .query("updated_since", since.toString())
                .query("order_by", "updated_at")
                .query("order_type", "asc")
                .query("include", "requester,description");
    }

    private static ProviderCall contacts(OpenConnection open, SyncPosition position) {
        ProviderCall all = ProviderCheck.get(open, "/api/v2/contacts");
        return position.since() == null
                ? all
                : all.query("_updated_since", position.since().toString());
    }

    static String key(OpenConnection open) {
        return ProviderCheck.basic(ProviderCheck.secret(open, "api_key"), "X");
    }

    /** Tickets that were archived are on no page, and answer at another address. */
    @Override
    public Mono<Set<String>> stillThere(
            OpenConnection open, RecordType type, List<String> externalIds) {
        return Flux.fromIterable(externalIds)
                .filterWhen(id -> isThere(open, type, id), 1)
                .collect(Collectors.toUnmodifiableSet());
    }

    private Mono<Boolean> isThere(OpenConnection open, RecordType type, String id) {
        boolean isContact = type == RecordType.SUPPORT_CONTACT;
        return byId(open, isContact ? "/api/v2/contacts/{id}" : "/api/v2/tickets/{id}", id)
                .flatMap(
                        answer ->
                                answer.status() == NOT_FOUND && !isContact
                                        ? byId(open, "/api/v2/tickets/archived/{id}", id)
                                                .map(FreshdeskReader::isThere)
                                        : Mono.just(isThere(answer)));
    }

    private Mono<ProviderAnswer> byId(OpenConnection open, String path, String id) {
        return http.send(
                ProviderCheck.get(open, path)
                        .pathValue("id", id)
                        .header("Authorization", key(open)));
    }

    /** What was thrown away answers still, and says so. */
    private static boolean isThere(ProviderAnswer answer) {
        return answer.status() != NOT_FOUND
                && JsonFields.of(answer.body())
                        .filter(one -> one.isTrue("deleted") || one.isTrue("spam"))
                        .isEmpty();
    }

    /** What there is in place of a page; null for an answer that has one. */
    private static @Nullable SourcePage none(ProviderAnswer answer, boolean isList) {
        if (answer.status() == 429) {
            return new SourcePage.Busy(retryAfter(answer));
        }
        String problem = CheckResult.ofStatus(answer).problem();
        if (problem != null) {
            return new SourcePage.None(problem);
        }
        return isList ? null : new SourcePage.None("unexpected_answer");
    }

    private static SourcePage contacts(
            ProviderAnswer answer,
            List<JsonFields> contacts,
            String account,
            SyncPosition position,
            int number) {
        List<SourceRecord> records = new ArrayList<>();
        List<Rejection> unreadable = new ArrayList<>();
        for (JsonFields contact : contacts) {
            SourceRecord record = FreshdeskContact.record(contact, account);
            if (record == null) {
                unreadable.add(rejection(contact));
            } else {
                records.add(record);
            }
        }
        return new SourcePage.Of(
                records,
                unreadable,
                hasNext(answer) && !contacts.isEmpty()
                        ? new SyncPosition(position.since(), String.valueOf(number + 1))
                        : null,
                isShortOfCalls(answer) ? SHORT_OF_CALLS : Duration.ZERO);
    }

    private static Rejection rejection(JsonFields of) {
        String id = of.id("id");
        return new Rejection(id, id == null ? "INVALID_ID" : "INVALID_TIME");
    }

    private static SourcePage tickets(
            ProviderAnswer answer,
            List<JsonFields> tickets,
            String account,
            Instant since,
            int number) {
        List<SourceRecord> records = new ArrayList<>();
        List<Rejection> unreadable = new ArrayList<>();
        Instant latest = since;
        for (JsonFields ticket : tickets) {
            SourceRecord record = FreshdeskTicket.record(ticket, account);
            if (record == null) {
                unreadable.add(rejection(ticket));
            } else {
                records.add(record);
                Instant updated = record.origin().updatedAt();
                latest = updated.isAfter(latest) ? updated : latest;
            }
        }
        boolean hasMore = hasNext(answer) && !tickets.isEmpty();
        if (hasMore && !latest.isAfter(since) && number == LAST_PAGE) {
            return new SourcePage.None("too_many_at_once");
        }
        return new SourcePage.Of(
                records,
                unreadable,
                hasMore ? next(since, latest, number) : null,
                isShortOfCalls(answer) ? SHORT_OF_CALLS : Duration.ZERO);
    }

    private static SyncPosition next(Instant since, Instant latest, int number) {
        return latest.isAfter(since)
                ? new SyncPosition(latest, null)
                : new SyncPosition(since, String.valueOf(number + 1));
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
