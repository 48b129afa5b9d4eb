package io.customergraph.push;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import com.networknt.schema.path.NodePath;

import org.springframework.core.io.ClassPathResource;

import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The schema that is published, and what it says of a record: the same file is both. */
public final class PushSchema {

    private static final String FILE = "ingest/v1.json";
    private static final String ID = "urn:customergraph:ingest:v1";
    private static final String RECORD = "#/$defs/record";
    private static final int MOST_FLAWS = 10;

    private final byte[] file;
    private final Schema record;

    public PushSchema() {
        try {
            this.file = new ClassPathResource(FILE).getContentAsByteArray();
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
        String text = new String(file, StandardCharsets.UTF_8);
        SchemaRegistry registry =
                SchemaRegistry.withDefaultDialect(
                        SpecificationVersion.DRAFT_2020_12,
                        builder ->
                                builder.schemas(Map.of(ID, text))
                                        .schemaRegistryConfig(
                                                SchemaRegistryConfig.builder()
                                                        .formatAssertionsEnabled(true)
                                                        .build()));
        this.record = registry.getSchema(SchemaLocation.of(ID + RECORD));
    }

    /** The file as it is published. */
    public ByteBuffer file() {
        return ByteBuffer.wrap(file).asReadOnlyBuffer();
    }

    /** What is wrong with a record, the first of it; empty where it is as the schema says. */
    List<Flaw> flaws(JsonNode of) {
        List<Flaw> flaws = new ArrayList<>();
        for (Error error : record.validate(of)) {
            Flaw flaw = flaw(error);
            if (flaws.size() < MOST_FLAWS && !flaws.contains(flaw)) {
                flaws.add(flaw);
            }
        }
        return flaws;
    }

    private static Flaw flaw(Error error) {
        List<String> path = path(error.getInstanceLocation());
        return switch (error.getKeyword()) {
            case "required" ->
                    new Flaw(
                            Flaw.Code.REQUIRED,
                            with(path, error.getProperty()),
                            "It is missing; every such object has it");
            case "additionalProperties" ->
                    new Flaw(
                            Flaw.Code.UNKNOWN_FIELD,
                            with(path, error.getProperty()),
                            "There is no such field; see GET /ingest/schema/v1.json");
            case "maxLength" ->
                    new Flaw(
                            Flaw.Code.TOO_LONG,
                            path,
                            "At most %s characters".formatted(said(error)));
            case "maxItems" ->
                    new Flaw(Flaw.Code.TOO_LONG, path, "At most %s of them".formatted(said(error)));
            case "type" ->
                    new Flaw(Flaw.Code.INVALID, path, "It is to be a %s".formatted(said(error)));
            case "enum", "const" ->
                    new Flaw(
                            Flaw.Code.INVALID,
                            path,
                            "It is to be one of %s".formatted(said(error)));
            case "format" ->
                    new Flaw(
                            Flaw.Code.INVALID,
                            path,
                            "It is to be a time with an offset, such as 2026-03-01T10:00:00+03:00");
            case "pattern" ->
                    new Flaw(
                            Flaw.Code.INVALID,
                            path,
                            "It is to be of the form %s".formatted(said(error)));
            case "minLength" ->
                    new Flaw(
                            Flaw.Code.INVALID,
                            path,
                            "At least %s characters".formatted(said(error)));
            case "minimum" ->
                    new Flaw(Flaw.Code.INVALID, path, "At least %s".formatted(said(error)));
            case "maximum" ->
                    new Flaw(Flaw.Code.INVALID, path, "At most %s".formatted(said(error)));
            default ->
                    new Flaw(
                            Flaw.Code.INVALID,
                            path,
                            "It is not as GET /ingest/schema/v1.json describes it");
        };
    }

    /** What the schema demands there, in its own words. */
    private static String said(Error error) {
        JsonNode demanded = error.getSchemaNode();
        return demanded.isString() ? demanded.asString() : demanded.toString();
    }

    private static List<String> with(List<String> path, String field) {
        List<String> longer = new ArrayList<>(path);
        longer.add(field);
        return longer;
    }

    private static List<String> path(NodePath location) {
        List<String> path = new ArrayList<>(location.getNameCount());
        for (int n = 0; n < location.getNameCount(); n++) {
            path.add(String.valueOf(location.getElement(n)));
        }
        return path;
    }
}
