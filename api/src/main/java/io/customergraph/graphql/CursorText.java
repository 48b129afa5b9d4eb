package io.customergraph.graphql;

import io.customergraph.customer.CustomerListCursor;
import io.customergraph.paging.Connection;
import io.customergraph.paging.Cursor;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.UUID;

/**
 * Cursors as clients see them: opaque, and good for the list that they came from only, whose tag
 * they carry.
 */
final class CursorText {

    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();
    private static final Base64.Decoder DECODER = Base64.getUrlDecoder();
    private static final int TAG_AND_ID = 2 + 16;
    private static final int MAX_KEY = 2_000;

    private CursorText() {}

    static String encode(String list, Cursor cursor) {
        byte[] bytes = new byte[TAG_AND_ID + Long.BYTES];
        start(bytes, list, cursor.id()).putLong(cursor.key());
        return ENCODER.encodeToString(bytes);
    }

    static String encode(String list, CustomerListCursor cursor) {
        byte[] key = cursor.key().getBytes(StandardCharsets.UTF_8);
        byte[] bytes = new byte[TAG_AND_ID + key.length];
        start(bytes, list, cursor.id()).put(key);
        return ENCODER.encodeToString(bytes);
    }

    private static ByteBuffer start(byte[] bytes, String list, UUID id) {
        return ByteBuffer.wrap(bytes)
                .putShort(tag(list))
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits());
    }

    static Cursor decode(Connection<?> list, String text) {
        Cursor cursor = decode(list.name(), text);
        if (!list.isPlace(cursor)) {
            throw invalid();
        }
        return cursor;
    }

    static Cursor decode(String list, String text) {
        ByteBuffer bytes = bytes(list, text);
        if (bytes.remaining() != TAG_AND_ID - 2 + Long.BYTES) {
            throw invalid();
        }
        UUID id = new UUID(bytes.getLong(), bytes.getLong());
        return new Cursor(bytes.getLong(), id);
    }

    static CustomerListCursor decodeOfCustomers(String list, String text) {
        ByteBuffer bytes = bytes(list, text);
        UUID id = new UUID(bytes.getLong(), bytes.getLong());
        byte[] key = new byte[bytes.remaining()];
        bytes.get(key);
        return new CustomerListCursor(new String(key, StandardCharsets.UTF_8), id);
    }

    private static ByteBuffer bytes(String list, String text) {
        if (text.length() > MAX_KEY * 2) {
            throw invalid();
        }
        try {
            ByteBuffer bytes = ByteBuffer.wrap(DECODER.decode(text));
            if (bytes.remaining() < TAG_AND_ID || bytes.getShort() != tag(list)) {
                throw invalid();
            }
            return bytes;
        } catch (IllegalArgumentException notBase64) {
            throw invalid();
        }
    }

    private static short tag(String list) {
        return (short) list.hashCode();
    }

    static InvalidRequest invalid() {
        return new InvalidRequest(
                InvalidRequest.Code.INVALID_CURSOR,
                "Not a cursor of this list; cursors are taken from `pageInfo` and `edges` of the"
                        + " same list in the same order");
    }
}
