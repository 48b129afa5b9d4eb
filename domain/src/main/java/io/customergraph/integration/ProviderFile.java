package io.customergraph.integration;

import com.fasterxml.jackson.annotation.JsonAutoDetect;

import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.cfg.MapperBuilder;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.yaml.YAMLMapper;

import java.io.InputStream;

/** Reads and writes a provider: YAML in a data file, JSON in the database. */
final class ProviderFile {

    /** A name that means nothing is a mistake in a data file. */
    private static final YAMLMapper FILE =
            with(YAMLMapper.builder())
                    .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .build();

    /** In the database a node of the next version may have written one. */
    private static final JsonMapper STORED =
            with(JsonMapper.builder())
                    .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .build();

    private ProviderFile() {}

    static IntegrationProvider read(InputStream file) {
        return FILE.readValue(file, IntegrationProvider.class);
    }

    static IntegrationProvider stored(String definition) {
        return STORED.readValue(definition, IntegrationProvider.class);
    }

    static String write(Object value) {
        return STORED.writeValueAsString(value);
    }

    private static <B extends MapperBuilder<?, B>> B with(B builder) {
        return builder.changeDefaultVisibility(
                        visibility ->
                                visibility
                                        .withFieldVisibility(JsonAutoDetect.Visibility.ANY)
                                        // What is worked out of the rest is no part of it.
                                        .withGetterVisibility(JsonAutoDetect.Visibility.NONE)
                                        .withIsGetterVisibility(JsonAutoDetect.Visibility.NONE))
                .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
                .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .enable(EnumFeature.WRITE_ENUMS_TO_LOWERCASE);
    }
}
