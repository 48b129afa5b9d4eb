package io.customergraph.application;

import io.customergraph.application.ShopifyDouble.Answer;
import io.customergraph.application.ShopifyShelf.Item;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The legacy REST Admin API of a shop. */
final class ShopifyRest {

    private final Function<String, ShopifyShelf> shelves;

    ShopifyRest(Function<String, ShopifyShelf> shelves) {
        this.shelves = shelves;
    }

    Answer answer(String file, String query) {
        String resource = file.replace(".json", "");
        Map<String, String> parameters = parameters(query);
        String name = parameters.getOrDefault("page_info", "");
        boolean isUnknown = !name.isEmpty() && name.split("\\|", -1).length != 3;
        boolean isMixed =
                !name.isEmpty()
                        && (parameters.containsKey("status")
                                || parameters.containsKey("order")
                                || parameters.containsKey("updated_at_min"));
        if (isUnknown || isMixed) {
            return Answer.of(400);
        }
        if (name.isEmpty()
                && resource.equals("orders")
                && !"any".equals(parameters.get("status"))) {
            return page(resource, List.of(), 1, parameters);
        }
        String[] parts = name.split("\\|", -1);
        ShopifyShelf.Key key =
                name.isEmpty()
                        ? null
                        : new ShopifyShelf.Key(Instant.parse(parts[0]), Long.parseLong(parts[1]));
        Instant since =
                name.isEmpty()
                        ? Instant.parse(
                                parameters.getOrDefault("updated_at_min", Instant.EPOCH.toString()))
                        : Instant.parse(parts[2]);
        int limit = Integer.parseInt(parameters.getOrDefault("limit", "50"));
        List<Item> items = shelves.apply(resource).after(key, since).limit(limit + 1L).toList();
        Answer page = page(resource, items, limit, parameters);
        if (items.size() <= limit) {
            return page;
        }
        Item last = items.get(limit - 1);
        return page.with(
                "Link",
                "<https://acme.myshopify.com/x?page_info=p>; rel=\"previous\", <https://acme.myshopify.com%s%s?limit=%d&page_info=%s%%7C%d%%7C%s>; rel=\"next\""
                        .formatted(
                                ShopifyDouble.VERSION,
                                file,
                                limit,
                                last.updatedAt(),
                                last.id(),
                                since));
    }

    private static Answer page(
            String resource, List<Item> items, int limit, Map<String, String> parameters) {
        List<String> fields = List.of(parameters.getOrDefault("fields", "").split(",", -1));
        ObjectNode body = ShopifyDouble.JSON.createObjectNode();
        ArrayNode list = body.putArray(resource);
        for (Item item : items.subList(0, Math.min(limit, items.size()))) {
            ObjectNode one = list.addObject();
            for (String field : fields) {
                JsonNode value = item.rest().path(field);
                if (!value.isMissingNode()) {
                    one.set(field, value);
                }
            }
        }
        return Answer.json(body.toString()).with("X-Shopify-Shop-Api-Call-Limit", "1/40");
    }

    private static Map<String, String> parameters(String query) {
        Map<String, String> parameters = new HashMap<>();
        for (String one : query.split("&", -1)) {
            String[] parts = one.split("=", 2);
            if (parts.length == 2) {
                parameters.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
            }
        }
        return parameters;
    }
}
