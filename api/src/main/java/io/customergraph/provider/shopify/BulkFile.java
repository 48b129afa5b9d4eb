package io.customergraph.provider.shopify;

import io.customergraph.ingest.Ingestion;
import io.customergraph.provider.json.JsonFields;
import io.customergraph.provider.shopify.ShopifyNodes.Whole;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Whole nodes of a part of a bulk operation's file, which has one JSON object a line, each node
 * followed by its children, and these by {@code __parentId} told from nodes.
 *
 * @param nodes with their children; those of which the part has no end are left to the next part
 * @param broken lines that are no JSON objects, or children without their node
 * @param bytes of the part that were read; 0 where it holds no whole node
 * @param isEnd whether nothing is left of the file
 */
record BulkFile(List<Whole> nodes, int broken, long bytes, boolean isEnd) {

    /** The most nodes that are taken at once. */
    static final int MOST_NODES = Ingestion.MAX_BATCH;

    BulkFile {
        nodes = List.copyOf(nodes);
    }

    /**
     * Reads a part that begins with a node.
     *
     * @param isLast whether nothing comes after it
     */
    static BulkFile read(String part, boolean isLast) {
        Reading reading = new Reading();
        int start = 0;
        while (start < part.length()) {
            int end = part.indexOf('\n', start);
            if (end < 0 && !isLast) {
                return reading.upToTheLastNode();
            }
            String line = end < 0 ? part.substring(start) : part.substring(start, end);
            int length = line.getBytes(StandardCharsets.UTF_8).length + (end < 0 ? 0 : 1);
            if (!reading.take(line, length)) {
                return reading.upToTheLastNode();
            }
            start += line.length() + 1;
        }
        return isLast ? reading.all() : reading.upToTheLastNode();
    }

    /** Lines as they come. */
    private static final class Reading {

        private final List<Whole> nodes = new ArrayList<>();
        private @Nullable JsonFields node;
        private @Nullable String id;
        private List<JsonFields> children = new ArrayList<>();
        private int refunded;
        private int broken;
        private int brokenBeforeNode;
        private long bytes;
        private long bytesBeforeNode;

        /** False where the line belongs to the node after the last one that is taken. */
        boolean take(String line, int length) {
            JsonFields object = line.isBlank() ? null : JsonFields.of(line).orElse(null);
            if (object != null && !object.has("__parentId")) {
                finishNode();
                if (nodes.size() == MOST_NODES || refunded == NodeParts.MOST_REFUNDED) {
                    return false;
                }
                node = object;
                id = object.text("id");
            } else if (object != null && id != null && id.equals(object.text("__parentId"))) {
                children.add(object);
            } else if (!line.isBlank()) {
                broken++;
            }
            bytes += length;
            return true;
        }

        /** What was read so far ends before the line that comes now. */
        private void finishNode() {
            if (node != null) {
                nodes.add(new Whole(node, children, true, List.of()));
                refunded += NodeParts.isRefunded(node) ? 1 : 0;
                node = null;
                children = new ArrayList<>();
            }
            bytesBeforeNode = bytes;
            brokenBeforeNode = broken;
        }

        BulkFile all() {
            finishNode();
            return new BulkFile(nodes, broken, bytes, true);
        }

        /** The last node may have children in the next part. */
        BulkFile upToTheLastNode() {
            return new BulkFile(nodes, brokenBeforeNode, bytesBeforeNode, false);
        }
    }
}
