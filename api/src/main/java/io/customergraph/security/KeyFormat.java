package io.customergraph.security;

import java.util.List;

/**
 * What an API key looks like: {@code cg_}, eight characters that name it in lists, {@code _}, and
 * 43 characters that hold 32 random bytes. Text of any other form is not even looked up, so a key
 * that somebody made up and stored by hand (short, guessable) opens nothing. The fixed keys of the
 * demo are such keys, and are known in the demo only.
 */
final class KeyFormat {

    private static final String START = "cg_";
    private static final int LENGTH = START.length() + 8 + 1 + 43;

    private final List<String> fixedKeys;

    private KeyFormat(List<String> fixedKeys) {
        this.fixedKeys = fixedKeys;
    }

    static KeyFormat ofProduction() {
        return new KeyFormat(List.of());
    }

    static KeyFormat ofDemo() {
        return new KeyFormat(DemoKey.texts());
    }

    boolean matches(String text) {
        return isRandom(text) || fixedKeys.contains(text);
    }

    private static boolean isRandom(String text) {
        if (text.length() != LENGTH
                || !text.startsWith(START)
                || text.charAt(START.length() + 8) != '_') {
            return false;
        }
        for (int i = START.length(); i < LENGTH; i++) {
            char c = text.charAt(i);
            boolean isBase64 =
                    (c >= 'a' && c <= 'z')
                            || (c >= 'A' && c <= 'Z')
                            || (c >= '0' && c <= '9')
                            || c == '-'
                            || c == '_';
            if (!isBase64) {
                return false;
            }
        }
        return true;
    }
}
