package io.customergraph.push.graphql;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import java.math.BigDecimal;
import java.util.Collection;
import java.util.Map;

/** Makes of typed input the JSON that is pushed over HTTP, so that one code reads both. */
final class InputJson {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    /** Digits beyond any amount; the rest of a number like 1E+999999999 is not written out. */
    private static final int MOST_DIGITS = 60;

    private InputJson() {}

    /** A record of the kind that its one field names. */
    static JsonNode record(Map<String, Object> oneOf) {
        Map.Entry<String, Object> only = oneOf.entrySet().iterator().next();
        ObjectNode record = NODES.objectNode();
        record.put("type", only.getKey());
        record.setAll((ObjectNode) node(only.getValue()));
        return record;
    }

    private static JsonNode node(@Nullable Object value) {
        return switch (value) {
            case Map<?, ?> fields -> object(fields);
            case Collection<?> items -> {
                ArrayNode array = NODES.arrayNode(items.size());
                items.forEach(item -> array.add(node(item)));
                yield array;
            }
            case Boolean flag -> NODES.booleanNode(flag);
            case Integer number -> NODES.numberNode(number);
            case BigDecimal number -> NODES.stringNode(decimal(number));
            case null -> NODES.nullNode();
            case Object other -> NODES.stringNode(other.toString());
        };
    }

    /** A field that is given as null is left out. */
    private static ObjectNode object(Map<?, ?> fields) {
        ObjectNode object = NODES.objectNode();
        fields.forEach(
                (name, value) -> {
                    if (value != null) {
                        object.set(String.valueOf(name), node(value));
                    }
                });
        return object;
    }

    private static String decimal(BigDecimal number) {
        return Math.abs((long) number.scale()) + number.precision() > MOST_DIGITS
                ? number.toString()
                : number.toPlainString();
    }
}
