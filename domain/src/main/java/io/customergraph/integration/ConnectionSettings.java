package io.customergraph.integration;

import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

import java.util.Map;

/** The settings of a connection as JSON. */
final class ConnectionSettings {

    /** Names of fields are kept as they are. */
    private static final JsonMapper JSON = new JsonMapper();

    private static final TypeReference<Map<String, String>> TYPE = new TypeReference<>() {};

    private ConnectionSettings() {}

    static Map<String, String> read(String json) {
        return JSON.readValue(json, TYPE);
    }

    static String write(Map<String, String> settings) {
        return JSON.writeValueAsString(settings);
    }
}
