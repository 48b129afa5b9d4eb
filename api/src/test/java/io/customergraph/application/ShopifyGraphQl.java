package io.customergraph.application;

import graphql.language.Argument;
import graphql.language.Document;
import graphql.language.Field;
import graphql.language.InlineFragment;
import graphql.language.IntValue;
import graphql.language.OperationDefinition;
import graphql.language.Selection;
import graphql.language.SelectionSet;
import graphql.language.StringValue;
import graphql.language.Value;
import graphql.language.VariableReference;
import graphql.parser.Parser;

import io.customergraph.application.ShopifyDouble.Answer;
import io.customergraph.application.ShopifyShelf.Item;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.IntFunction;

/** The Admin GraphQL API of a shop: what a document asks for, and nothing else. */
final class ShopifyGraphQl {

    private static final Map<String, String> TYPES =
            Map.of("Order", "orders", "Customer", "customers", "Product", "products");
    private static final int MOST_OF_ONE = 1_000;

    /** Shopify gives no more by one row of pages. */
    private static final int ROW = 25_000;

    private final Map<String, Document> documents = new ConcurrentHashMap<>();
    private final Function<String, ShopifyShelf> shelves;
    private final ShopifyBucket bucket;
    private final ShopifyBulk bulk;

    ShopifyGraphQl(Function<String, ShopifyShelf> shelves, ShopifyBucket bucket, ShopifyBulk bulk) {
        this.shelves = shelves;
        this.bucket = bucket;
        this.bulk = bulk;
    }

    /** One document with its variables. */
    private record Run(JsonNode variables) {

        @Nullable JsonNode argument(Field field, String name) {
            for (Argument argument : field.getArguments()) {
                if (argument.getName().equals(name)) {
                    return value(argument.getValue());
                }
            }
            return null;
        }

        private @Nullable JsonNode value(Value<?> value) {
            JsonNode found =
                    switch (value) {
                        case VariableReference variable -> variables.path(variable.getName());
                        case IntValue number -> ShopifyDouble.JSON.valueToTree(number.getValue());
                        case StringValue text -> ShopifyDouble.JSON.valueToTree(text.getValue());
                        default -> null;
                    };
            return found == null || found.isMissingNode() || found.isNull() ? null : found;
        }

        String text(Field field, String name) {
            JsonNode value = argument(field, name);
            return value == null ? "" : value.asString();
        }

        int number(Field field, String name, int otherwise) {
            JsonNode value = argument(field, name);
            return value == null ? otherwise : value.asInt();
        }
    }

    Answer answer(JsonNode request) {
        Document document =
                documents.computeIfAbsent(
                        request.path("query").asString(), text -> new Parser().parseDocument(text));
        Run run = new Run(request.path("variables"));
        SelectionSet top =
                document.getDefinitionsOfType(OperationDefinition.class)
                        .getFirst()
                        .getSelectionSet();
        double cost = bucket.price(cost(run, top));
        if (cost > MOST_OF_ONE) {
            return error("MAX_COST_EXCEEDED", cost);
        }
        if (!bucket.take(cost)) {
            return error("THROTTLED", cost);
        }
        ObjectNode data = ShopifyDouble.JSON.createObjectNode();
        for (Field field : fields(top)) {
            JsonNode value = top(run, field);
            if (value == null) {
                return error("ARGUMENT_ERROR", cost);
            }
            data.set(field.getResultKey(), value);
        }
        return Answer.json(
                "{\"data\": " + data + ", \"extensions\": " + bucket.extensions(cost) + "}");
    }

    private Answer error(String code, double cost) {
        return Answer.json(
                "{\"errors\": [{\"message\": \"%s\", \"extensions\": {\"code\": \"%s\"}}], \"extensions\": %s}"
                        .formatted(code, code, bucket.extensions(cost)));
    }

    private static List<Field> fields(SelectionSet selections) {
        List<Field> fields = new ArrayList<>();
        for (Selection<?> selection : selections.getSelections()) {
            switch (selection) {
                case Field field -> fields.add(field);
                case InlineFragment fragment -> fields.addAll(fields(fragment.getSelectionSet()));
                default -> throw new IllegalStateException("No such selection: " + selection);
            }
        }
        return fields;
    }

    /** Each object of a page costs something, and so does each object in it. */
    private static double cost(Run run, SelectionSet selections) {
        double cost = 1;
        for (Field field : fields(selections)) {
            if (field.getSelectionSet() != null) {
                double each = cost(run, field.getSelectionSet());
                cost += field.getName().equals("node") ? each : each * size(run, field) / 4;
            }
        }
        return cost;
    }

    private static int size(Run run, Field field) {
        JsonNode ids = run.argument(field, "ids");
        return ids == null ? run.number(field, "first", 1) : ids.size();
    }

    private @Nullable JsonNode top(Run run, Field field) {
        return switch (field.getName()) {
            case "orders", "customers", "products" -> page(run, field);
            case "node" -> node(run, field, run.text(field, "id"));
            case "nodes" -> {
                ArrayNode nodes = ShopifyDouble.JSON.createArrayNode();
                JsonNode ids = run.argument(field, "ids");
                if (ids != null) {
                    ids.forEach(id -> nodes.add(node(run, field, id.asString())));
                }
                yield nodes;
            }
            case "bulkOperationRunQuery" -> bulk.run(run.text(field, "query"));
            case "currentBulkOperation" -> bulk.current();
            default -> throw new IllegalStateException("Nobody answers " + field.getName());
        };
    }

    private JsonNode node(Run run, Field field, String id) {
        if (id.contains("/BulkOperation/")) {
            return bulk.state(id);
        }
        String[] parts = id.split("/", -1);
        String resource = TYPES.get(parts[3]);
        Item item =
                resource == null ? null : shelves.apply(resource).find(Long.parseLong(parts[4]));
        return item == null ? NullNode.instance : select(run, field.getSelectionSet(), item.node());
    }

    /** Null where a cursor is none, or of a page too far. */
    private @Nullable JsonNode page(Run run, Field field) {
        int first = run.number(field, "first", 0);
        String after = run.text(field, "after");
        ShopifyShelf.Key key = null;
        int read = 0;
        if (!after.isEmpty()) {
            String[] parts = after.split("\\|", -1);
            if (parts.length != 3 || Integer.parseInt(parts[0]) + first > ROW) {
                return null;
            }
            read = Integer.parseInt(parts[0]);
            key = new ShopifyShelf.Key(Instant.parse(parts[1]), Long.parseLong(parts[2]));
        }
        List<Item> items =
                shelves.apply(field.getName())
                        .after(key, ShopifyDouble.since(run.text(field, "query")))
                        .limit(first + 1L)
                        .toList();
        int before = read;
        return connection(
                run,
                field,
                Math.min(first, items.size()),
                items.size() > first,
                n -> items.get(n).node(),
                n ->
                        "%d|%s|%d"
                                .formatted(
                                        before + n + 1,
                                        items.get(n).updatedAt(),
                                        items.get(n).id()));
    }

    private static ObjectNode connection(
            Run run,
            Field field,
            int size,
            boolean hasMore,
            IntFunction<JsonNode> node,
            IntFunction<String> cursor) {
        ObjectNode connection = ShopifyDouble.JSON.createObjectNode();
        for (Field part : fields(field.getSelectionSet())) {
            switch (part.getName()) {
                case "edges" -> {
                    ArrayNode edges = connection.putArray("edges");
                    for (int n = 0; n < size; n++) {
                        ObjectNode edge = edges.addObject();
                        for (Field of : fields(part.getSelectionSet())) {
                            if (of.getName().equals("cursor")) {
                                edge.put("cursor", cursor.apply(n));
                            } else {
                                edge.set("node", select(run, of.getSelectionSet(), node.apply(n)));
                            }
                        }
                    }
                }
                case "nodes" -> {
                    ArrayNode nodes = connection.putArray("nodes");
                    for (int n = 0; n < size; n++) {
                        nodes.add(select(run, part.getSelectionSet(), node.apply(n)));
                    }
                }
                default -> {
                    ObjectNode info = connection.putObject("pageInfo");
                    info.put("hasNextPage", hasMore);
                    info.put("endCursor", size == 0 ? null : cursor.apply(size - 1));
                }
            }
        }
        return connection;
    }

    /** What a selection leaves of a value. */
    private static JsonNode select(Run run, @Nullable SelectionSet selections, JsonNode value) {
        if (selections == null || !(value.isObject() || value.isArray())) {
            return value;
        }
        if (value.isArray()) {
            ArrayNode all = ShopifyDouble.JSON.createArrayNode();
            value.forEach(one -> all.add(select(run, selections, one)));
            return all;
        }
        ObjectNode selected = ShopifyDouble.JSON.createObjectNode();
        for (Field field : fields(selections)) {
            JsonNode of = value.path(field.getName());
            if (!of.isMissingNode()) {
                selected.set(field.getResultKey(), field(run, field, of));
            }
        }
        return selected;
    }

    private static JsonNode field(Run run, Field field, JsonNode value) {
        SelectionSet selections = field.getSelectionSet();
        boolean isConnection =
                selections != null
                        && value.isArray()
                        && fields(selections).stream()
                                .anyMatch(of -> of.getName().matches("edges|nodes"));
        if (!isConnection) {
            JsonNode all = select(run, selections, value);
            int first = run.number(field, "first", Integer.MAX_VALUE);
            return all.isArray() && all.size() > first ? cut(all, first) : all;
        }
        String after = run.text(field, "after");
        int from = after.isEmpty() ? 0 : Integer.parseInt(after);
        int first = run.number(field, "first", 0);
        int size = Math.clamp((long) value.size() - from, 0, first);
        return connection(
                run,
                field,
                size,
                from + size < value.size(),
                n -> value.path(from + n),
                n -> Integer.toString(from + n + 1));
    }

    private static JsonNode cut(JsonNode list, int size) {
        ArrayNode cut = ShopifyDouble.JSON.createArrayNode();
        for (int n = 0; n < size; n++) {
            cut.add(list.path(n));
        }
        return cut;
    }
}
