package io.customergraph.sql;

import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.StdSerializer;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Makes rows for {@code json_to_recordset}: one parameter for any number of rows, so that a
 * statement's text stays the same. Properties are named as columns are, in snake case.
 */
public final class JsonRows {

    public static final JsonMapper MAPPER =
            JsonMapper.builder()
                    .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                    .disable(DateTimeFeature.WRITE_DATES_AS_TIMESTAMPS)
                    .addModule(new SimpleModule().addSerializer(String.class, new CleanText()))
                    .build();

    private JsonRows() {}

    /** The rows as a JSON array. */
    public static String of(List<?> rows) {
        return MAPPER.writeValueAsString(rows);
    }

    /**
     * Text as PostgreSQL can hold it: it has no NUL and no lone surrogate, and sources send both.
     * The first is dropped, the second becomes a replacement character, as Unicode decoders do.
     */
    public static String clean(String value) {
        int length = value.length();
        for (int i = 0; i < length; i++) {
            char c = value.charAt(i);
            if (c == 0 || Character.isSurrogate(c)) {
                String whole =
                        new String(
                                value.getBytes(StandardCharsets.UTF_16BE),
                                StandardCharsets.UTF_16BE);
                return whole.replace("\0", "");
            }
        }
        return value;
    }

    private static final class CleanText extends StdSerializer<String> {
        CleanText() {
            super(String.class);
        }

        @Override
        public void serialize(String value, JsonGenerator generator, SerializationContext context) {
            generator.writeString(clean(value));
        }
    }
}
