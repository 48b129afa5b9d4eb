package io.customergraph.matching.normalize;

import org.jspecify.annotations.Nullable;

import java.util.Locale;

/**
 * The short way for nearly every address there is: ASCII, one {@code @}, no quotes, no punycode.
 * One pass, and no allocation for an address that is in lower case already.
 */
final class AsciiEmail {

    private static final byte ATEXT = 1;
    private static final byte HOST = 2;
    private static final byte UPPER = 4;
    private static final byte[] CLASS = new byte[128];

    static {
        // atext of RFC 5322, 3.2.3
        for (char c : "!#$%&'*+-/=?^_`{|}~".toCharArray()) {
            CLASS[c] = ATEXT;
        }
        for (char c = '0'; c <= '9'; c++) {
            CLASS[c] = ATEXT | HOST;
        }
        for (char c = 'a'; c <= 'z'; c++) {
            CLASS[c] = ATEXT | HOST;
            CLASS[Character.toUpperCase(c)] = ATEXT | HOST | UPPER;
        }
        CLASS['-'] |= HOST;
    }

    private AsciiEmail() {}

    /** The parts, or null when the long way has to look. */
    static @Nullable EmailParts parse(String raw) {
        int from = 0;
        int to = raw.length();
        if (to > EmailParts.MAX_INPUT) {
            return null;
        }
        while (from < to && raw.charAt(from) == ' ') {
            from++;
        }
        while (to > from && raw.charAt(to - 1) == ' ') {
            to--;
        }
        if (to - from > EmailParts.MAX_ADDRESS) {
            return null;
        }
        boolean upper = false;
        int at = from;
        boolean dot = true;
        for (; at < to; at++) {
            char c = raw.charAt(at);
            if (c == '@') {
                break;
            }
            if (c == '.' ? dot : c >= 128 || (CLASS[c] & ATEXT) == 0) {
                return null;
            }
            dot = c == '.';
            upper |= c < 128 && (CLASS[c] & UPPER) != 0;
        }
        if (dot || at == to || at - from > EmailParts.MAX_LOCAL) {
            return null;
        }
        for (int i = at + 1; i < to; i++) {
            char c = raw.charAt(i);
            upper |= c < 128 && (CLASS[c] & UPPER) != 0;
        }
        if (!isHost(raw, at + 1, to)) {
            return null;
        }
        String address = from == 0 && to == raw.length() ? raw : raw.substring(from, to);
        return new EmailParts(upper ? lowerCase(address) : address, at - from, false);
    }

    /**
     * Whether these are labels of letters, digits and inner hyphens, at least two, the last no
     * number, none punycode.
     */
    static boolean isHost(String text, int from, int to) {
        int label = from;
        int labels = 0;
        for (int i = from; i <= to; i++) {
            char c = i == to ? '.' : text.charAt(i);
            if (c == '.') {
                int length = i - label;
                if (length == 0
                        || length > 63
                        || text.charAt(label) == '-'
                        || text.charAt(i - 1) == '-'
                        || isPunycode(text, label, length)) {
                    return false;
                }
                labels++;
                if (i < to) {
                    label = i + 1;
                }
            } else if (c >= 128 || (CLASS[c] & HOST) == 0) {
                return false;
            }
        }
        return labels > 1 && !isDigit(text.charAt(label));
    }

    /**
     * Whether an unquoted local part may be written so: RFC 5321's dot-string, with RFC 6531's
     * letters beyond ASCII.
     */
    static boolean isDotString(String local) {
        boolean dot = true;
        for (int i = 0; i < local.length(); i++) {
            char c = local.charAt(i);
            if (c == '.' ? dot : c < 128 && (CLASS[c] & ATEXT) == 0) {
                return false;
            }
            dot = c == '.';
        }
        return !dot;
    }

    private static boolean isPunycode(String text, int label, int length) {
        return length > 3
                && (text.charAt(label) | 0x20) == 'x'
                && (text.charAt(label + 1) | 0x20) == 'n'
                && text.charAt(label + 2) == '-'
                && text.charAt(label + 3) == '-';
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static String lowerCase(String ascii) {
        return ascii.toLowerCase(Locale.ROOT);
    }
}
