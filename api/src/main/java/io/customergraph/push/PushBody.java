package io.customergraph.push;

import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.JsonParserDelegate;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

import java.io.ByteArrayInputStream;
import java.io.InputStreamReader;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the body of a request record by record, so that one of them at a time is in memory as JSON.
 */
public final class PushBody {

    /** The most records of one request. */
    public static final int MOST_RECORDS = 1_000;

    private static final int DEEPEST = 64;
    private static final int LONGEST_NUMBER = 400;
    private static final long MOST_TOKENS = 1_000_000;
    private static final String ONE_OBJECT =
            "The body is one JSON object with version and records; see GET /ingest/schema/v1.json";

    private static final JsonMapper JSON =
            JsonMapper.builder(
                            JsonFactory.builder()
                                    .streamReadConstraints(
                                            StreamReadConstraints.builder()
                                                    .maxNestingDepth(DEEPEST)
                                                    .maxTokenCount(MOST_TOKENS)
                                                    .maxStringLength(Integer.MAX_VALUE)
                                                    .maxNameLength(Integer.MAX_VALUE)
                                                    .maxNumberLength(Integer.MAX_VALUE)
                                                    .build())
                                    .build())
                    .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                    .disable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .build();

    /** Stands for a number that is not even read; {@link PushedRecords} says no to it. */
    private static final BigInteger BEYOND = BigInteger.TEN.pow(2 * LONGEST_NUMBER);

    private PushBody() {}

    /** A number that cannot be read is one record's, and not the end of the others. */
    private static final class OneRecord extends JsonParserDelegate {

        OneRecord(JsonParser parser) {
            super(parser);
        }

        @Override
        public BigDecimal getDecimalValue() {
            try {
                return isShort() ? super.getDecimalValue() : new BigDecimal(BEYOND);
            } catch (NumberFormatException beyond) {
                return new BigDecimal(BEYOND);
            }
        }

        @Override
        public BigInteger getBigIntegerValue() {
            return isShort() ? super.getBigIntegerValue() : BEYOND;
        }

        private boolean isShort() {
            return getStringLength() <= LONGEST_NUMBER;
        }
    }

    /** A body that is none; the message says what it is to be, and quotes nothing. */
    public static final class Unreadable extends Exception {
        private static final long serialVersionUID = 1L;

        Unreadable(String message) {
            super(message, null, false, false);
        }
    }

    /**
     * Reads the records of a body.
     *
     * @throws Unreadable where it is as a whole not what the schema says
     */
    public static List<Pushed> read(byte[] body, PushedRecords records) throws Unreadable {
        try (JsonParser parser =
                JSON.createParser(
                        new InputStreamReader(
                                new ByteArrayInputStream(body),
                                StandardCharsets.UTF_8.newDecoder()))) {
            require(parser.nextToken() == JsonToken.START_OBJECT, ONE_OBJECT);
            List<Pushed> read = object(parser, records);
            require(parser.nextToken() == null, ONE_OBJECT);
            return read;
        } catch (JacksonException broken) {
            throw new Unreadable(
                    "The body is not JSON in UTF-8, is nested deeper than %d, or has more than %d values"
                            .formatted(DEEPEST, MOST_TOKENS));
        }
    }

    private static List<Pushed> object(JsonParser parser, PushedRecords records) throws Unreadable {
        List<Pushed> read = new ArrayList<>();
        boolean isOfVersion = false;
        boolean hasRecords = false;
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String field = parser.currentName();
            JsonToken value = parser.nextToken();
            switch (field) {
                case "version" ->
                        isOfVersion =
                                value == JsonToken.VALUE_STRING && parser.getString().equals("1");
                case "records" -> {
                    require(value == JsonToken.START_ARRAY && !hasRecords, ONE_OBJECT);
                    hasRecords = true;
                    array(parser, records, read);
                }
                default -> throw new Unreadable(ONE_OBJECT);
            }
            require(
                    !field.equals("version") || isOfVersion,
                    "The body's version is \"1\"; there is no other");
        }
        require(isOfVersion, "The body's version is \"1\"; there is no other");
        require(!read.isEmpty(), "The body has 1 to %d records".formatted(MOST_RECORDS));
        return read;
    }

    private static void array(JsonParser parser, PushedRecords records, List<Pushed> read)
            throws Unreadable {
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            require(
                    read.size() < MOST_RECORDS,
                    "The body has 1 to %d records".formatted(MOST_RECORDS));
            read.add(records.read(JSON.readTree(new OneRecord(parser))));
        }
    }

    private static void require(boolean holds, String message) throws Unreadable {
        if (!holds) {
            throw new Unreadable(message);
        }
    }
}
