package io.customergraph.application;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import io.customergraph.application.ShopifyShelf.Item;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A shop that answers as Shopify's Admin API does: GraphQL with costs and throttles, bulk
 * operations with their files, and the legacy REST API; and with trouble where it is told so. It
 * gives the fields that are asked for and no others.
 */
public final class ShopifyDouble implements AutoCloseable {

    static final String VERSION = "/admin/api/2026-07/";
    static final JsonMapper JSON = JsonMapper.shared();

    private final Map<String, ShopifyShelf> shelves = new ConcurrentHashMap<>();
    private final Map<String, Trouble> trouble = new ConcurrentHashMap<>();
    private final Queue<Asked> asked = new ConcurrentLinkedQueue<>();
    private final AtomicInteger requests = new AtomicInteger();
    private final AtomicInteger failsEvery = new AtomicInteger();
    private final ShopifyBucket bucket = new ShopifyBucket();
    private final ShopifyBulk bulk = new ShopifyBulk(this::shelf);
    private final ShopifyGraphQl graphQl = new ShopifyGraphQl(this::shelf, bucket, bulk);
    private final ShopifyRest rest = new ShopifyRest(this::shelf);
    private final HttpServer server;

    /**
     * What was asked.
     *
     * @param variables of a document; null where there was none
     */
    public record Asked(String path, String query, String document, @Nullable JsonNode variables) {

        /** Whether it asked for records: a page of them, or a part of a file. */
        public boolean isOfRecords() {
            return document.contains("page: ") || path.startsWith("/exports/");
        }

        String variable(String name) {
            return variables == null ? "" : variables.path(name).asString("");
        }
    }

    /** What comes in place of the page after so many more. */
    private record Trouble(AtomicInteger more, Answer answer, boolean isLasting) {}

    /** What is answered. */
    record Answer(int status, Map<String, String> headers, String body) {

        Answer {
            headers = Map.copyOf(headers);
        }

        static Answer json(String body) {
            return new Answer(200, Map.of("Content-Type", "application/json"), body);
        }

        static Answer of(int status) {
            return new Answer(status, Map.of(), "");
        }

        /** A part of a file may cut a character in two, so that its body holds bytes. */
        byte[] bytes() {
            return body.getBytes(status == 206 ? ISO_8859_1 : UTF_8);
        }

        Answer with(String name, String value) {
            Map<String, String> more = new ConcurrentHashMap<>(headers);
            more.put(name, value);
            return new Answer(status, more, body);
        }
    }

    /** An empty one. */
    public ShopifyDouble() {
        try {
            server =
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        server.createContext("/", this::handle);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
        forget();
    }

    public String baseUrl() {
        return "http://localhost:" + server.getAddress().getPort();
    }

    /** Nothing on the shelves, no trouble, and enough in the bucket. */
    void forget() {
        shelves.clear();
        trouble.clear();
        asked.clear();
        failsEvery.set(0);
        bucket.holds(1_000_000, 1_000_000);
        bulk.forget();
    }

    ShopifyShelf shelf(String resource) {
        return shelves.computeIfAbsent(resource, name -> new ShopifyShelf.Kept());
    }

    /** Fills a shelf. */
    public void shelf(String resource, ShopifyShelf shelf) {
        shelves.put(resource, shelf);
    }

    /** Has the file of a shelf that does not change written before a bulk operation asks for it. */
    public void exportAhead(String resource) {
        bulk.writeAhead(resource);
    }

    /** Puts one on a kept shelf, in place of its older version. */
    void put(String resource, Item item) {
        ((ShopifyShelf.Kept) shelf(resource)).put(item);
    }

    /** Takes one off a kept shelf. */
    void take(String resource, long id) {
        ((ShopifyShelf.Kept) shelf(resource)).take(id);
    }

    ShopifyBucket bucket() {
        return bucket;
    }

    ShopifyBulk bulk() {
        return bulk;
    }

    /** The page of a sort after so many more is answered so; then it goes on. */
    void after(int more, String resource, Answer answer) {
        trouble.put(resource, new Trouble(new AtomicInteger(more), answer, false));
    }

    /**
     * Every page of a sort after so many more is answered so.
     *
     * @param resource or a part of the document that asks
     */
    void alwaysAfter(int more, String resource, Answer answer) {
        trouble.put(resource, new Trouble(new AtomicInteger(more), answer, true));
    }

    /** Each request of so many fails. */
    void failsEvery(int many) {
        failsEvery.set(many);
    }

    /** What was asked, in its order. */
    public List<Asked> asked() {
        return List.copyOf(asked);
    }

    /** The pages of a sort that were asked for by GraphQL. */
    List<Asked> pages(String resource) {
        return asked().stream()
                .filter(one -> one.document().contains("page: " + resource + "("))
                .toList();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            int number = requests.getAndIncrement();
            String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
            Answer answer = answer(exchange, body, number);
            byte[] bytes = answer.bytes();
            answer.headers().forEach(exchange.getResponseHeaders()::set);
            exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
            if (bytes.length > 0) {
                exchange.getResponseBody().write(bytes);
            }
        }
    }

    private Answer answer(HttpExchange exchange, String body, int number) {
        String path = exchange.getRequestURI().getPath();
        String query = exchange.getRequestURI().getRawQuery();
        boolean isGraphQl = path.equals(VERSION + "graphql.json");
        JsonNode read = isGraphQl ? JSON.readTree(body) : null;
        asked.add(
                new Asked(
                        path,
                        query == null ? "" : query,
                        read == null ? "" : read.path("query").asString(""),
                        read == null ? null : read.path("variables")));
        if (asked.size() > 10_000) {
            asked.poll();
        }
        Answer instead = trouble(read == null ? path : read.path("query").asString(""));
        int every = failsEvery.get();
        if (instead != null) {
            return instead;
        }
        if (every > 0 && number % every == every - 1) {
            return Answer.of(500);
        }
        if (path.startsWith(VERSION)
                && exchange.getRequestHeaders().getFirst("X-Shopify-Access-Token") == null) {
            return Answer.of(401);
        }
        if (read != null) {
            return graphQl.answer(read);
        }
        return path.startsWith(VERSION)
                ? rest.answer(path.substring(VERSION.length()), query == null ? "" : query)
                : bulk.file(path, query, exchange.getRequestHeaders().getFirst("Range"));
    }

    private @Nullable Answer trouble(String pathOrDocument) {
        for (Map.Entry<String, Trouble> entry : trouble.entrySet()) {
            String resource = entry.getKey();
            boolean isPage =
                    pathOrDocument.contains("page: " + resource + "(")
                            || pathOrDocument.endsWith("/" + resource + ".json")
                            || (resource.contains("(") && pathOrDocument.contains(resource));
            Trouble one = entry.getValue();
            if (isPage) {
                int left = one.more().getAndDecrement();
                if (left == 0 || (left < 0 && one.isLasting())) {
                    return one.answer();
                }
            }
        }
        return null;
    }

    static Instant since(String query) {
        return query.isEmpty()
                ? Instant.MIN
                : Instant.parse(query.replaceFirst("updated_at:>='([^']+)'", "$1"));
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
