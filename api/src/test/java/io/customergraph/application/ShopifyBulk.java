package io.customergraph.application;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.customergraph.application.ShopifyDouble.Answer;
import io.customergraph.application.ShopifyShelf.Item;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Bulk operations of a shop and the files that they write. */
final class ShopifyBulk {

    private static final Pattern WHAT = Pattern.compile("\\{\\s*(orders|customers|products)\\b");
    private static final Pattern RANGE = Pattern.compile("bytes=([0-9]+)-([0-9]+)");

    private final Function<String, ShopifyShelf> shelves;
    private final Map<String, Operation> operations = new ConcurrentHashMap<>();
    private final Map<String, Path> writtenAhead = new ConcurrentHashMap<>();
    private final AtomicInteger numbers = new AtomicInteger();
    private final AtomicInteger files = new AtomicInteger();
    private volatile String end = "COMPLETED";
    private volatile int polls;
    private volatile boolean isBusy;
    private volatile boolean takesRanges;
    private volatile String host = "https://storage.example.com";
    private volatile @Nullable Operation current;

    ShopifyBulk(Function<String, ShopifyShelf> shelves) {
        this.shelves = shelves;
        forget();
    }

    private record Operation(
            String id,
            String query,
            Instant createdAt,
            Path file,
            boolean isExpired,
            AtomicInteger pollsLeft) {}

    void forget() {
        operations.clear();
        writtenAhead.clear();
        end = "COMPLETED";
        polls = 0;
        isBusy = false;
        takesRanges = true;
        host = "https://storage.example.com";
        current = null;
        files.set(0);
    }

    /** Operations end so. */
    void endsAs(String status) {
        end = status;
    }

    /** Operations take so many looks at them. */
    void takes(int looks) {
        polls = looks;
    }

    /** Somebody else's operation runs. */
    void isBusy() {
        isBusy = true;
    }

    /** The operation that was begun last is the one for a sort. */
    void lastBegan(String resource) {
        current =
                operations.values().stream()
                        .filter(one -> one.query.contains(resource + " {"))
                        .findFirst()
                        .orElseThrow();
    }

    /** The files are given whole only. */
    void givesWholeFiles() {
        takesRanges = false;
    }

    /** Where the files are said to be. */
    void filesAreAt(String scheme) {
        host = scheme;
    }

    /** The addresses of files are good no more. */
    void expire() {
        operations.replaceAll(
                (id, one) ->
                        new Operation(
                                one.id, one.query, one.createdAt, one.file, true, one.pollsLeft));
    }

    /** How many parts of files were asked for. */
    int filesAsked() {
        return files.get();
    }

    JsonNode run(String query) {
        ObjectNode answer = ShopifyDouble.JSON.createObjectNode();
        if (isBusy) {
            answer.putNull("bulkOperation");
            answer.putArray("userErrors")
                    .addObject()
                    .put(
                            "message",
                            "A bulk query operation for this app and shop is already in progress");
            return answer;
        }
        Matcher what = WHAT.matcher(query);
        if (!what.find()) {
            throw new IllegalStateException("Nobody exports " + query);
        }
        Operation operation =
                new Operation(
                        "gid://shopify/BulkOperation/" + numbers.incrementAndGet(),
                        query,
                        Instant.now(),
                        file(what.group(1)),
                        false,
                        new AtomicInteger(polls));
        operations.put(operation.id, operation);
        current = operation;
        answer.set("bulkOperation", shown(operation, "CREATED"));
        answer.putArray("userErrors");
        return answer;
    }

    private static ObjectNode shown(Operation operation, String status) {
        ObjectNode node = ShopifyDouble.JSON.createObjectNode();
        node.put("id", operation.id);
        node.put("status", status);
        node.put("createdAt", operation.createdAt.toString());
        node.put("query", operation.query.replaceAll("\\s+", "\n  "));
        return node;
    }

    JsonNode current() {
        Operation one = current;
        return one == null || one.pollsLeft.get() == 0 ? NullNode.instance : shown(one, "RUNNING");
    }

    JsonNode state(String id) {
        Operation operation = operations.get(id);
        if (operation == null) {
            return NullNode.instance;
        }
        if (operation.pollsLeft.getAndUpdate(left -> Math.max(left - 1, 0)) > 0) {
            return shown(operation, "RUNNING");
        }
        ObjectNode node = shown(operation, end);
        String url =
                host
                        + "/exports/"
                        + id.substring(id.lastIndexOf('/') + 1)
                        + "/all%20of%20it.jsonl?Signature=a%2Bb%3D&Expires=1790000000";
        node.put("url", length(operation.file) == 0 || !end.equals("COMPLETED") ? null : url);
        node.put("partialDataUrl", end.equals("FAILED") ? url : null);
        return node;
    }

    /** Writes the file of a sort that does not change, before anybody asks for it. */
    void writeAhead(String resource) {
        writtenAhead.put(resource, written(resource));
    }

    private Path file(String resource) {
        Path ahead = writtenAhead.get(resource);
        return ahead == null ? written(resource) : ahead;
    }

    /** Each with its children after it, as one that groups its objects does. */
    private Path written(String resource) {
        try {
            Path file = Files.createTempFile("export", ".jsonl");
            file.toFile().deleteOnExit();
            try (BufferedWriter lines = Files.newBufferedWriter(file)) {
                Iterator<Item> items = shelves.apply(resource).after(null, Instant.MIN).iterator();
                while (items.hasNext()) {
                    write(items.next().node(), lines);
                }
            }
            return file;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static void write(JsonNode node, BufferedWriter lines) throws IOException {
        if (!(node instanceof ObjectNode object)) {
            lines.append(node.isString() ? node.asString() : node.toString()).append('\n');
            return;
        }
        ObjectNode parent = object.deepCopy();
        List<String> connections = List.of("lineItems", "variants");
        parent.remove(connections);
        lines.append(parent.toString()).append('\n');
        for (String connection : connections) {
            for (JsonNode child : object.path(connection)) {
                ObjectNode line = (ObjectNode) child.deepCopy();
                line.put("__parentId", object.path("id").asString());
                lines.append(line.toString()).append('\n');
            }
        }
    }

    private static long length(Path file) {
        return file.toFile().length();
    }

    Answer file(String path, @Nullable String query, @Nullable String range) {
        files.incrementAndGet();
        String[] parts = path.split("/", -1);
        Operation operation =
                parts.length == 4
                        ? operations.get("gid://shopify/BulkOperation/" + parts[2])
                        : null;
        boolean isSigned =
                query != null
                        && query.contains("Signature=a%2Bb%3D")
                        && query.contains("Expires=1790000000")
                        && path.endsWith("/all of it.jsonl");
        if (operation == null || !isSigned || operation.isExpired) {
            return Answer.of(403);
        }
        Matcher wanted = RANGE.matcher(range == null ? "" : range);
        try (FileChannel file = FileChannel.open(operation.file)) {
            if (!takesRanges || !wanted.matches()) {
                return new Answer(200, Map.of(), Files.readString(operation.file));
            }
            long length = file.size();
            long from = Long.parseLong(wanted.group(1));
            if (from >= length) {
                return Answer.of(416);
            }
            long to = Math.min(Long.parseLong(wanted.group(2)), length - 1);
            ByteBuffer part = ByteBuffer.allocate((int) (to - from + 1));
            while (part.hasRemaining() && file.read(part, from + part.position()) >= 0) {}
            return new Answer(
                    206,
                    Map.of("Content-Range", "bytes %d-%d/%d".formatted(from, to, length)),
                    new String(part.array(), ISO_8859_1));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
