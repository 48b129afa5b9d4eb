package io.customergraph.security;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The SHA-256 of a key or token: what is stored, cached and compared in its place. */
record KeyHash(ByteBuffer bytes) {

    KeyHash {
        bytes = bytes.asReadOnlyBuffer();
    }

    static KeyHash of(String text) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return new KeyHash(
                    ByteBuffer.wrap(digest.digest(text.getBytes(StandardCharsets.UTF_8))));
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("Every Java has SHA-256", missing);
        }
    }

    byte[] toArray() {
        byte[] copy = new byte[bytes.remaining()];
        bytes.duplicate().get(copy);
        return copy;
    }

    @Override
    public String toString() {
        return "KeyHash[…]";
    }
}
