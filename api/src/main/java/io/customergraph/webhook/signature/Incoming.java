package io.customergraph.webhook.signature;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A request of a provider as it came. Printing it shows nothing of it. */
public final class Incoming {

    /** Providers nest a dozen levels; a reader of more only costs. */
    private static final int DEEPEST = 64;

    private static final int MOST_FIELDS = 1_000;

    /** The limit on the body bounds everything but its depth. */
    private static final JsonMapper JSON =
            JsonMapper.builder(
                            JsonFactory.builder()
                                    .streamReadConstraints(
                                            StreamReadConstraints.builder()
                                                    .maxNestingDepth(DEEPEST)
                                                    .maxStringLength(Integer.MAX_VALUE)
                                                    .build())
                                    .build())
                    .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .build();

    private final URI url;
    private final HttpHeaders headers;
    private final byte[] body;
    private @Nullable JsonNode json;
    private boolean isRead;
    private @Nullable Map<String, List<String>> form;
    private @Nullable Map<String, List<String>> query;

    /**
     * A request.
     *
     * @param url the address that the provider was given, with the query as it came
     */
    public Incoming(URI url, HttpHeaders headers, byte[] body) {
        this.url = url;
        this.headers = headers;
        this.body = body.clone();
    }

    URI url() {
        return url;
    }

    byte[] bytes() {
        return body;
    }

    /** The one value of a header; empty where there is none, or several that may differ. */
    public Optional<String> header(String name) {
        List<String> values = headers.get(name);
        return values == null || values.size() != 1
                ? Optional.empty()
                : Optional.of(values.getFirst());
    }

    /** The one value of a parameter of the address. */
    public Optional<String> parameter(String name) {
        if (query == null) {
            query = parsed(url.getRawQuery());
        }
        return only(query, name);
    }

    /** The one value of a field of a form. */
    public Optional<String> field(String name) {
        return only(form(), name);
    }

    /** The fields of a form by their names, sorted; none where the body is no form. */
    Map<String, List<String>> form() {
        if (form == null) {
            form = isForm() ? parsed(text().orElse(null)) : Map.of();
        }
        return form;
    }

    /** Whether it says that it is a form. */
    public boolean isForm() {
        String type = headers.getFirst(HttpHeaders.CONTENT_TYPE);
        return type != null
                && type.toLowerCase(Locale.ROOT).startsWith("application/x-www-form-urlencoded");
    }

    /** The body as JSON; empty where it is none, not in UTF-8, or nested without reason. */
    public Optional<JsonNode> json() {
        if (!isRead) {
            json = text().flatMap(Incoming::parse).orElse(null);
            isRead = true;
        }
        return Optional.ofNullable(json);
    }

    /** What is at a place of the JSON as text; empty where there is no single value. */
    public Optional<String> value(String pointer) {
        return json().map(root -> root.at(pointer))
                .filter(node -> node.isValueNode() && !node.isNull() && !node.isMissingNode())
                .map(JsonNode::asString);
    }

    private static Optional<JsonNode> parse(String text) {
        try {
            JsonNode node = JSON.readTree(text);
            return node.isMissingNode() ? Optional.empty() : Optional.of(node);
        } catch (JacksonException | NumberFormatException none) {
            return Optional.empty();
        }
    }

    private Optional<String> text() {
        try {
            return Optional.of(
                    StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString());
        } catch (CharacterCodingException other) {
            return Optional.empty();
        }
    }

    private static Optional<String> only(Map<String, List<String>> values, String name) {
        List<String> found = values.getOrDefault(name, List.of());
        return found.size() == 1 ? Optional.of(found.getFirst()) : Optional.empty();
    }

    private static Map<String, List<String>> parsed(@Nullable String encoded) {
        Map<String, List<String>> values = new TreeMap<>();
        if (encoded == null || encoded.isEmpty()) {
            return values;
        }
        try {
            for (String pair : encoded.split("&", MOST_FIELDS)) {
                int equals = pair.indexOf('=');
                String name = equals < 0 ? pair : pair.substring(0, equals);
                String value = equals < 0 ? "" : pair.substring(equals + 1);
                values.computeIfAbsent(decoded(name), _ -> new ArrayList<>(1)).add(decoded(value));
            }
            return values;
        } catch (IllegalArgumentException noForm) {
            return new TreeMap<>();
        }
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return "Incoming(…)";
    }
}
