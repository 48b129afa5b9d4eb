package io.customergraph.ingest;

import io.customergraph.sql.JsonRows;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The rows of a batch's records of one type, and those parts of them that statements take, each as
 * a JSON array. A statement that takes less than all has less to be sent and to be read.
 */
final class WrittenRows {

    /** What a statement takes that has nothing to do. */
    static final String NONE = "[]";

    private final String whole;
    private final List<Row> rows;

    private record Row(ObjectNode columns, Map<String, ArrayNode> parts, boolean isKnown) {}

    private WrittenRows(String whole, List<Row> rows) {
        this.whole = whole;
        this.rows = rows;
    }

    /**
     * Makes rows.
     *
     * @param parts the columns with rows of their own that are not part of the whole
     */
    static WrittenRows of(Collection<Attribution> attributions, Set<String> parts) {
        ArrayNode whole = JsonRows.MAPPER.createArrayNode();
        List<Row> rows = new ArrayList<>(attributions.size());
        for (Attribution attribution : attributions) {
            ObjectNode row = RecordRows.row(attribution);
            Map<String, ArrayNode> detached = new HashMap<>();
            for (String part : parts) {
                if (row.remove(part) instanceof ArrayNode children) {
                    detached.put(part, children);
                }
            }
            rows.add(new Row(row, detached, attribution.incoming().stored().isPresent()));
            whole.add(row);
        }
        return new WrittenRows(JsonRows.MAPPER.writeValueAsString(whole), rows);
    }

    /** All rows, without their parts. */
    String whole() {
        return whole;
    }

    /** These columns of the rows; rows that are the same in them once. */
    String distinct(String... columns) {
        Set<ObjectNode> distinct = new LinkedHashSet<>();
        for (Row row : rows) {
            ObjectNode some = JsonRows.MAPPER.createObjectNode();
            for (String column : columns) {
                JsonNode value = row.columns.get(column);
                if (value != null) {
                    some.set(column, value);
                }
            }
            distinct.add(some);
        }
        return json(distinct);
    }

    /**
     * The rows of a part.
     *
     * @param ofRow columns of the row that they belong to, and how they are named beside their own
     */
    String part(String part, Map<String, String> ofRow) {
        List<ObjectNode> children = new ArrayList<>();
        for (Row row : rows) {
            for (JsonNode child : row.parts.getOrDefault(part, JsonRows.MAPPER.createArrayNode())) {
                ObjectNode whole = ((ObjectNode) child).deepCopy();
                ofRow.forEach((column, name) -> whole.set(name, row.columns.get(column)));
                children.add(whole);
            }
        }
        return json(children);
    }

    /** Of records that were stored before: their {@code id}, and a part with what it is now. */
    String partOfKnown(String part, String column) {
        List<ObjectNode> known = new ArrayList<>();
        for (Row row : rows) {
            if (row.isKnown) {
                ObjectNode some = JsonRows.MAPPER.createObjectNode();
                some.set("id", row.columns.get("id"));
                ArrayNode values = some.putArray(part);
                row.parts
                        .getOrDefault(part, JsonRows.MAPPER.createArrayNode())
                        .forEach(child -> values.add(child.get(column)));
                known.add(some);
            }
        }
        return json(known);
    }

    private static String json(Collection<ObjectNode> rows) {
        return rows.isEmpty() ? NONE : JsonRows.MAPPER.writeValueAsString(rows);
    }
}
