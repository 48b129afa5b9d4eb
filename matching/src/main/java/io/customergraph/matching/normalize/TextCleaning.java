package io.customergraph.matching.normalize;

import org.jspecify.annotations.Nullable;

/** What every kind of text needs before it is read. */
final class TextCleaning {

    private static final int ZERO_WIDTH_NON_JOINER = 0x200C;
    private static final int ZERO_WIDTH_JOINER = 0x200D;

    private TextCleaning() {}

    /**
     * The text without marks that nobody sees (byte order mark, bidi controls, zero-width spaces,
     * soft hyphens) and with plain spaces; null when it holds what is no text at all: control
     * characters, halves of surrogate pairs, unassigned code points. The zero-width joiners stay,
     * since Persian and Indic scripts spell with them.
     */
    static @Nullable String visible(String raw) {
        StringBuilder text = new StringBuilder(raw.length());
        for (int i = 0; i < raw.length(); ) {
            int c = raw.codePointAt(i);
            i += Character.charCount(c);
            if (c == '\t' || c == '\n' || c == '\r' || Character.isSpaceChar(c)) {
                text.append(' ');
                continue;
            }
            switch (Character.getType(c)) {
                case Character.CONTROL,
                        Character.SURROGATE,
                        Character.UNASSIGNED,
                        Character.PRIVATE_USE -> {
                    return null;
                }
                case Character.FORMAT -> {
                    if (c == ZERO_WIDTH_NON_JOINER || c == ZERO_WIDTH_JOINER) {
                        text.appendCodePoint(c);
                    }
                }
                default -> text.appendCodePoint(c);
            }
        }
        return text.toString();
    }

    static boolean hasSpace(String text) {
        return text.chars().anyMatch(c -> Character.isSpaceChar(c) || Character.isWhitespace(c));
    }

    /**
     * Undoes {@code %2B} and its like where they stand for printable ASCII; other escapes stay as
     * they are.
     */
    static String percentDecoded(String text) {
        if (text.indexOf('%') < 0) {
            return text;
        }
        StringBuilder decoded = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '%' && i + 2 < text.length()) {
                int code =
                        Character.digit(text.charAt(i + 1), 16) * 16
                                + Character.digit(text.charAt(i + 2), 16);
                if (code > ' ' && code < 127) {
                    decoded.append(Character.toLowerCase((char) code));
                    i += 2;
                    continue;
                }
            }
            decoded.append(c);
        }
        return decoded.toString();
    }
}
