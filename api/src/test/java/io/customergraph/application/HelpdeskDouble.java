package io.customergraph.application;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.extension.ResponseDefinitionTransformerV2;
import com.github.tomakehurst.wiremock.http.QueryParameter;
import com.github.tomakehurst.wiremock.http.Request;
import com.github.tomakehurst.wiremock.http.ResponseDefinition;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;

import io.customergraph.tenant.TenantId;

import org.springframework.test.context.DynamicPropertyRegistry;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/**
 * A helpdesk that answers as Freshdesk's API v2 does: by the time of the last change, in numbered
 * pages with links, thirty days where no time is given; and with trouble where it is told so.
 */
final class HelpdeskDouble {

    static final String SECRET = "a-long-random-text-01";

    private static final String PATH = "/api/v2/tickets";
    private static final String CONTACTS = "/api/v2/contacts";

    private final Map<Long, Ticket> tickets = new ConcurrentHashMap<>();
    private final Map<Long, Ticket> contacts = new ConcurrentHashMap<>();
    private final Map<Integer, ResponseDefinition> trouble = new ConcurrentHashMap<>();
    private final AtomicInteger requests = new AtomicInteger();
    private final WireMockServer server =
            new WireMockServer(
                    WireMockConfiguration.options()
                            .dynamicPort()
                            .extensions(new Tickets(), new OneTicket(), new Contacts()));

    /** A ticket in Freshdesk's words; {@code json} is what stands beside id and time. */
    record Ticket(long id, Instant updatedAt, String json) {}

    HelpdeskDouble() {
        server.start();
        forget();
    }

    String baseUrl() {
        return server.baseUrl();
    }

    /** Has an application call this one in Freshdesk's place. */
    void standsIn(DynamicPropertyRegistry properties) {
        properties.add("customergraph.integrations.allow-loopback", () -> "true");
        properties.add("customergraph.integrations.base-urls.freshdesk", this::baseUrl);
    }

    /** Connects one whose automation rule sends {@link #SECRET}. */
    static Provider connected(int port, TenantId tenant) {
        return Provider.connected(
                port,
                tenant,
                "freshdesk",
                Map.of(
                        "domain", "acme.freshdesk.com",
                        "api_key", "Qm9uZXRlcmljLWtleQ",
                        "webhook_secret", SECRET));
    }

    void forget() {
        server.resetAll();
        tickets.clear();
        contacts.clear();
        trouble.clear();
        server.stubFor(
                get(urlPathEqualTo(PATH)).willReturn(aResponse().withTransformers("tickets")));
        server.stubFor(
                get(urlPathMatching(PATH + "/[0-9]+"))
                        .willReturn(aResponse().withTransformers("one-ticket")));
        server.stubFor(
                get(urlPathEqualTo(CONTACTS)).willReturn(aResponse().withTransformers("contacts")));
    }

    /** A contact in Freshdesk's words; {@code json} is what stands beside id and time. */
    void knows(long id, Instant updatedAt, String json) {
        contacts.put(id, new Ticket(id, updatedAt, json));
    }

    /** From now on every request for contacts is answered so. */
    void answersContacts(ResponseDefinitionBuilder answer) {
        server.stubFor(get(urlPathEqualTo(CONTACTS)).willReturn(answer));
    }

    /** The parameters of each request for contacts, in their order; missing ones are empty. */
    List<String> askedForContacts(String parameter) {
        return server.findAll(getRequestedFor(urlPathEqualTo(CONTACTS))).stream()
                .map(request -> request.queryParameter(parameter))
                .map(value -> value.isPresent() ? value.firstValue() : "")
                .toList();
    }

    void has(long id, Instant updatedAt, String subject, String requester) {
        put(
                new Ticket(
                        id,
                        updatedAt,
                        """
                        "subject": "%s", "description_text": "Please help.", "status": 2,
                        "priority": 3, "source": 1, "tags": ["lamp"], "due_by": null,
                        "created_at": "2026-01-01T08:00:00Z", "requester": %s
                        """
                                .formatted(subject, requester)));
    }

    void put(Ticket ticket) {
        tickets.put(ticket.id(), ticket);
    }

    void lost(long id) {
        tickets.remove(id);
    }

    /** It is on no page any more, and answers at the address of archived ones. */
    void archived(long id) {
        offPages(id, "/archived/" + id, "{\"id\": " + id + "}");
    }

    /** It is on no page any more, and answers by its id with this. */
    void offPages(long id, String json) {
        offPages(id, "/" + id, json);
    }

    private void offPages(long id, String path, String json) {
        lost(id);
        server.stubFor(get(urlPathEqualTo(PATH + path)).willReturn(aResponse().withBody(json)));
    }

    /** The next request is answered so; then it goes on. */
    void next(ResponseDefinitionBuilder answer) {
        after(0, answer);
    }

    /** The request after so many more is answered so; then it goes on. */
    void after(int more, ResponseDefinitionBuilder answer) {
        trouble.put(requests.get() + more, answer.build());
    }

    /** The parameter of each request, in their order. */
    List<String> asked(String parameter) {
        return server.findAll(getRequestedFor(urlPathEqualTo(PATH))).stream()
                .map(request -> request.queryParameter(parameter).firstValue())
                .toList();
    }

    private final class Tickets implements ResponseDefinitionTransformerV2 {

        @Override
        public ResponseDefinition transform(ServeEvent event) {
            ResponseDefinition answer = trouble.remove(requests.getAndIncrement());
            return answer == null ? page(event.getRequest()) : answer;
        }

        private ResponseDefinition page(Request request) {
            Instant since = Instant.parse(request.queryParameter("updated_since").firstValue());
            return HelpdeskDouble.page(
                    request,
                    tickets.values().stream()
                            .filter(ticket -> !ticket.updatedAt().isBefore(since))
                            .sorted(
                                    Comparator.comparing(Ticket::updatedAt)
                                            .thenComparing(Ticket::id))
                            .toList());
        }

        @Override
        public boolean applyGlobally() {
            return false;
        }

        @Override
        public String getName() {
            return "tickets";
        }
    }

    /** By its id; its requester is with it where that is asked for. */
    private final class OneTicket implements ResponseDefinitionTransformerV2 {

        @Override
        public ResponseDefinition transform(ServeEvent event) {
            String path = event.getRequest().getUrl().replaceFirst("\\?.*", "");
            Ticket ticket = tickets.get(Long.parseLong(path.substring(path.lastIndexOf('/') + 1)));
            boolean isWhole = event.getRequest().queryParameter("include").isPresent();
            return ticket == null
                    ? aResponse().withStatus(404).build()
                    : aResponse()
                            .withHeader("Content-Type", "application/json")
                            .withBody(isWhole ? json(ticket) : "{\"id\": " + ticket.id() + "}")
                            .build();
        }

        @Override
        public boolean applyGlobally() {
            return false;
        }

        @Override
        public String getName() {
            return "one-ticket";
        }
    }

    /** By their ids, however they changed. */
    private final class Contacts implements ResponseDefinitionTransformerV2 {

        @Override
        public ResponseDefinition transform(ServeEvent event) {
            QueryParameter since = event.getRequest().queryParameter("_updated_since");
            return page(
                    event.getRequest(),
                    contacts.values().stream()
                            .filter(
                                    contact ->
                                            !since.isPresent()
                                                    || !contact.updatedAt()
                                                            .isBefore(
                                                                    Instant.parse(
                                                                            since.firstValue())))
                            .sorted(Comparator.comparing(Ticket::id))
                            .toList());
        }

        @Override
        public boolean applyGlobally() {
            return false;
        }

        @Override
        public String getName() {
            return "contacts";
        }
    }

    private static ResponseDefinition page(Request request, List<Ticket> all) {
        int perPage = Integer.parseInt(request.queryParameter("per_page").firstValue());
        int page = Integer.parseInt(request.queryParameter("page").firstValue());
        ResponseDefinitionBuilder answer =
                aResponse()
                        .withHeader("Content-Type", "application/json")
                        .withHeader("X-RateLimit-Remaining", "4000")
                        .withBody(
                                all.stream()
                                        .skip((page - 1L) * perPage)
                                        .limit(perPage)
                                        .map(HelpdeskDouble::json)
                                        .collect(Collectors.joining(",", "[", "]")));
        return all.size() > (long) page * perPage
                ? answer.withHeader("Link", "<https://x/next>; rel=\"next\"").build()
                : answer.build();
    }

    private static String json(Ticket ticket) {
        return "{\"id\": %d, \"updated_at\": \"%s\", %s}"
                .formatted(ticket.id(), ticket.updatedAt(), ticket.json());
    }
}
