package io.customergraph.matching.normalize;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.lang.UProperty;

import org.jspecify.annotations.Nullable;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;

/** What every kind of text needs before it is read. */
final class TextCleaning {

    private static final int ZERO_WIDTH_NON_JOINER = 0x200C;
    private static final int ZERO_WIDTH_JOINER = 0x200D;

    /** What stands where a decoder met bytes that are no text. */
    private static final int REPLACEMENT = 0xFFFD;

    private TextCleaning() {}

    /**
     * The text without marks that nobody sees (byte order mark, bidi controls, zero-width spaces,
     * soft hyphens) and with plain spaces; null when it holds what is no text at all: control
     * characters, halves of surrogate pairs, unassigned code points, what could not be decoded. The
     * zero-width joiners stay, since Persian and Indic scripts spell with them.
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
            if (c == REPLACEMENT) {
                return null;
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
     * The text without joiners and variation selectors where only ASCII is left: no script that
     * needs them is among it, and beside ASCII letters nobody sees them.
     */
    static String withoutUnseen(String text) {
        StringBuilder seen = null;
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            if (c >= 128) {
                if (!UCharacter.hasBinaryProperty(c, UProperty.DEFAULT_IGNORABLE_CODE_POINT)) {
                    return text;
                }
                seen = seen == null ? new StringBuilder(text.substring(0, i)) : seen;
            } else if (seen != null) {
                seen.append((char) c);
            }
            i += Character.charCount(c);
        }
        return seen == null ? text : seen.toString();
    }

    /**
     * Undoes {@code %2B} and its like, as UTF-8; a text with a stray percent sign stays as it is.
     */
    static String percentDecoded(String text) {
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException stray) {
            return text;
        }
    }
}
