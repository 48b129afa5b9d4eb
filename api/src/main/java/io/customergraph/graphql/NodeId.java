package io.customergraph.graphql;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.UUID;

/** A global id: 17 bytes in base64url, the type's number before the row's id. */
public record NodeId(NodeType type, UUID id) {

    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();
    private static final Base64.Decoder DECODER = Base64.getUrlDecoder();
    private static final int LENGTH = 17;

    public static String encode(NodeType type, UUID id) {
        byte[] bytes = new byte[LENGTH];
        ByteBuffer.wrap(bytes)
                .put((byte) type.number())
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits());
        return ENCODER.encodeToString(bytes);
    }

    /**
     * Reads an id that a client sent.
     *
     * @throws InvalidRequest where it is none that this API issued
     */
    public static NodeId decode(String text) {
        byte[] bytes;
        try {
            bytes = DECODER.decode(text);
        } catch (IllegalArgumentException notBase64) {
            throw invalid();
        }
        if (bytes.length != LENGTH) {
            throw invalid();
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        NodeType type = NodeType.ofNumber(buffer.get()).orElseThrow(NodeId::invalid);
        return new NodeId(type, new UUID(buffer.getLong(), buffer.getLong()));
    }

    public boolean isCustomer() {
        return type == NodeType.CUSTOMER;
    }

    /** Reads the id of a customer; one of another type names no customer. */
    public static UUID customer(String text) {
        return decode(NodeType.CUSTOMER, text);
    }

    /**
     * Reads an id of one type.
     *
     * @throws InvalidRequest where it is another's
     */
    public static UUID decode(NodeType type, String text) {
        NodeId id = decode(text);
        if (id.type() != type) {
            throw new InvalidRequest(
                    InvalidRequest.Code.INVALID_ID,
                    "This is the id of a %s, not of a %s"
                            .formatted(id.type().typeName(), type.typeName()));
        }
        return id.id();
    }

    private static InvalidRequest invalid() {
        return new InvalidRequest(
                InvalidRequest.Code.INVALID_ID,
                "Not an id of this API; ids are taken from the `id` fields of its answers");
    }
}
