package io.customergraph.provider.json;

import org.jspecify.annotations.Nullable;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Fields of a JSON object of which nothing is certain: what is no such value is not there. */
public record JsonFields(JsonNode object) {

    private static final JsonMapper MAPPER =
            JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

    private static final Pattern ID = Pattern.compile("[0-9]{1,30}");
    private static final int EARLIEST_YEAR = 1970;
    private static final int LATEST_YEAR = 2199;

    /** ISO 8601 as it is, and as templates write it: a space, an offset without a colon. */
    private static final DateTimeFormatter TIME =
            new DateTimeFormatterBuilder()
                    .parseCaseInsensitive()
                    .append(DateTimeFormatter.ISO_LOCAL_DATE)
                    .appendPattern("['T'][' ']")
                    .append(DateTimeFormatter.ISO_LOCAL_TIME)
                    .appendPattern("[' ']")
                    .appendPattern("[XXX][XX][X]")
                    .toFormatter(Locale.ROOT)
                    .withResolverStyle(ResolverStyle.STRICT);

    /** The object that a text is; empty for any other text. */
    public static Optional<JsonFields> of(String json) {
        try {
            JsonNode read = MAPPER.readTree(json);
            return read.isObject() ? Optional.of(new JsonFields(read)) : Optional.empty();
        } catch (JacksonException noJson) {
            return Optional.empty();
        }
    }

    /** Whether there is anything, of any type, but nothing blank. */
    public boolean has(String field) {
        JsonNode value = object.path(field);
        return !value.isMissingNode()
                && !value.isNull()
                && !(value.isString() && value.asString().isBlank());
    }

    /** An object; one without fields where there is none. */
    public JsonFields object(String field) {
        JsonNode value = object.path(field);
        return new JsonFields(value.isObject() ? value : MAPPER.createObjectNode());
    }

    /** The objects in a list, leaving out what is none; empty where there is no list. */
    public List<JsonFields> objects(String field) {
        List<JsonFields> objects = new ArrayList<>();
        for (JsonNode value : object.path(field)) {
            if (value.isObject() && object.path(field).isArray()) {
                objects.add(new JsonFields(value));
            }
        }
        return objects;
    }

    /** True or false; null where it is neither. */
    public @Nullable Boolean flag(String field) {
        JsonNode value = object.path(field);
        return value.isBoolean() ? value.booleanValue() : null;
    }

    /** A text or a number as text, without blanks around it; null where there is none. */
    public @Nullable String text(String field) {
        JsonNode value = object.path(field);
        if (!value.isString() && !value.isIntegralNumber()) {
            return null;
        }
        String text = value.asString().strip();
        return text.isEmpty() ? null : text;
    }

    /** A whole number of any size, as a number or a text; null where there is none. */
    public @Nullable String id(String field) {
        String text = text(field);
        return text != null && ID.matcher(text).matches() ? text : null;
    }

    /** A time that says its offset; null where it does not. */
    public @Nullable Instant time(String field) {
        String text = text(field);
        if (text == null) {
            return null;
        }
        try {
            OffsetDateTime time = OffsetDateTime.parse(text, TIME);
            return time.getYear() < EARLIEST_YEAR || time.getYear() > LATEST_YEAR
                    ? null
                    : time.toInstant();
        } catch (DateTimeException noTime) {
            return null;
        }
    }
}
