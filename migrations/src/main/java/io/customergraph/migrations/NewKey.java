package io.customergraph.migrations;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * A key as its owner gets it: {@code cg_}, eight characters that name it in lists, {@code _}, and
 * 32 random bytes. The database keeps the prefix and the hash.
 */
record NewKey(String prefix, String text) {

    private static final SecureRandom RANDOM = new SecureRandom();

    static NewKey random() {
        String prefix = "cg_" + base64(6);
        return new NewKey(prefix, prefix + "_" + base64(32));
    }

    byte[] hash() {
        try {
            return MessageDigest.getInstance("SHA-256")
                    .digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("Every Java has SHA-256", missing);
        }
    }

    @Override
    public String toString() {
        return "NewKey[" + prefix + "_…]";
    }

    private static String base64(int length) {
        byte[] bytes = new byte[length];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
