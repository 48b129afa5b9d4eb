package io.customergraph.config;

import org.springframework.boot.jackson.autoconfigure.JsonMapperBuilderCustomizer;
import org.springframework.stereotype.Component;

import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.StdSerializer;

import java.util.List;
import java.util.Map;

/**
 * Writes the answers of GraphQL, which are maps of maps, lists and texts, by looking at each value
 * once. Jackson's own way looks up a serializer for each, which costs as much as the writing.
 */
@Component
final class AnswerJson implements JsonMapperBuilderCustomizer {

    @Override
    public void customize(JsonMapper.Builder builder) {
        builder.addModule(
                new SimpleModule("answers").addSerializer(Map.class, new AnswerSerializer()));
    }

    @SuppressWarnings("rawtypes") // Jackson finds a serializer by the raw class.
    private static final class AnswerSerializer extends StdSerializer<Map> {

        AnswerSerializer() {
            super(Map.class);
        }

        @Override
        public void serialize(Map value, JsonGenerator generator, SerializationContext context) {
            writeMap(value, generator, context);
        }

        private static void writeMap(
                Map<?, ?> map, JsonGenerator generator, SerializationContext context) {
            generator.writeStartObject();
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                generator.writeName(String.valueOf(entry.getKey()));
                write(entry.getValue(), generator, context);
            }
            generator.writeEndObject();
        }

        private static void write(
                Object value, JsonGenerator generator, SerializationContext context) {
            switch (value) {
                case null -> generator.writeNull();
                case String text -> generator.writeString(text);
                case Map<?, ?> map -> writeMap(map, generator, context);
                case List<?> list -> {
                    generator.writeStartArray();
                    for (Object item : list) {
                        write(item, generator, context);
                    }
                    generator.writeEndArray();
                }
                case Integer number -> generator.writeNumber(number);
                case Boolean flag -> generator.writeBoolean(flag);
                default -> context.writeValue(generator, value);
            }
        }
    }
}
