package io.customergraph.provider.json;

import org.jspecify.annotations.Nullable;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
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
            JsonMapper.builder()
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    // An amount of 19 digits does not fit a double.
                    .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                    .build();

    private static final Pattern DECIMAL = Pattern.compile("-?[0-9]{1,40}(\\.[0-9]{1,40})?");
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
        } catch (JacksonException | NumberFormatException noJson) {
            return Optional.empty();
        }
    }

    /** The objects of the array that a text is, without what else is in it; empty for any other. */
    public static Optional<List<JsonFields>> listOf(String json) {
        try {
            JsonNode read = MAPPER.readTree(json);
            if (!read.isArray()) {
                return Optional.empty();
            }
            List<JsonFields> objects = new ArrayList<>();
            read.forEach(one -> objects.add(new JsonFields(one)));
            objects.removeIf(one -> !one.object.isObject());
            return Optional.of(objects);
        } catch (JacksonException | NumberFormatException noJson) {
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

    /** The objects of an array, without what else is in it; empty where there is no array. */
    public List<JsonFields> objects(String field) {
        List<JsonFields> objects = new ArrayList<>();
        for (JsonNode one : object.path(field)) {
            if (object.path(field).isArray() && one.isObject()) {
                objects.add(new JsonFields(one));
            }
        }
        return objects;
    }

    /** Whether it is true; a text or a number is not. */
    public boolean isTrue(String field) {
        JsonNode value = object.path(field);
        return value.isBoolean() && value.asBoolean();
    }

    /**
     * A number, or a text that is a plain decimal, exactly; null where there is none. A number may
     * have an exponent of any size: look at precision and scale before it is written out.
     */
    public @Nullable BigDecimal decimal(String field) {
        JsonNode value = object.path(field);
        if (value.isNumber()) {
            return value.decimalValue();
        }
        String text = text(field);
        return text != null && DECIMAL.matcher(text).matches() ? new BigDecimal(text) : null;
    }

    /** A whole number of any size, as a number or a text; null where there is none. */
    public @Nullable String id(String field) {
        String text = text(field);
        return text != null && ID.matcher(text).matches() ? text : null;
    }

    /** A time that says no offset, taken as one of UTC; null where it is none, or says one. */
    public @Nullable Instant timeOfUtc(String field) {
        String text = text(field);
        if (text == null) {
            return null;
        }
        try {
            LocalDateTime time = LocalDateTime.parse(text, DateTimeFormatter.ISO_LOCAL_DATE_TIME);
            return isOfOurDays(time.getYear()) ? time.toInstant(ZoneOffset.UTC) : null;
        } catch (DateTimeException noTime) {
            return null;
        }
    }

    private static boolean isOfOurDays(int year) {
        return year >= EARLIEST_YEAR && year <= LATEST_YEAR;
    }

    /** A time that says its offset; null where it does not. */
    public @Nullable Instant time(String field) {
        String text = text(field);
        if (text == null) {
            return null;
        }
        try {
            OffsetDateTime time = OffsetDateTime.parse(text, TIME);
            return isOfOurDays(time.getYear()) ? time.toInstant() : null;
        } catch (DateTimeException noTime) {
            return null;
        }
    }
}
