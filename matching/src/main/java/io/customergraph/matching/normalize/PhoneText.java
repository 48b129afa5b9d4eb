package io.customergraph.matching.normalize;

import com.ibm.icu.text.Normalizer2;

import org.jspecify.annotations.Nullable;

import java.util.Locale;

/**
 * A number as it was written, in ASCII.
 *
 * @param dialled digits, {@code +}, letters and the marks of RFC 3966 and of extensions
 * @param digits how many digits were written
 * @param letters whether there are letters
 * @param plain whether there are digits only, with or without a leading {@code +}
 */
record PhoneText(String dialled, int digits, boolean letters, boolean plain) {

    /**
     * A number with area, extension and punctuation stays well below; libphonenumber refuses more
     * than 250.
     */
    private static final int MAX_INPUT = 100;

    private static final int TELLING = 6;

    private static final String CONTEXT = ";phone-context=";
    private static final Normalizer2 NFKC = Normalizer2.getNFKCInstance();
    private static final String[] SCHEMES = {"tel:", "callto:", "sms:", "whatsapp:"};

    static @Nullable PhoneText of(String raw) {
        if (raw.length() > MAX_INPUT) {
            return null;
        }
        PhoneText plain = plain(raw);
        return plain != null ? plain : written(raw);
    }

    /** The short way: ASCII digits and what stands between them. */
    private static @Nullable PhoneText plain(String raw) {
        char[] dialled = new char[raw.length()];
        int length = 0;
        int plus = 0;
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            if (c >= '0' && c <= '9') {
                dialled[length++] = c;
            } else if (c == '+' && length == 0) {
                dialled[length++] = c;
                plus = 1;
            } else if (c != ' ' && c != '-' && c != '.' && c != '/' && c != '(' && c != ')') {
                return null;
            }
        }
        return length == plus
                ? null
                : new PhoneText(new String(dialled, 0, length), length - plus, false, true);
    }

    private static @Nullable PhoneText written(String raw) {
        String visible = TextCleaning.visible(raw);
        if (visible == null) {
            return null;
        }
        String text = withoutParameters(withoutScheme(NFKC.normalize(visible).strip()));
        StringBuilder dialled = new StringBuilder(text.length());
        int digits = 0;
        boolean letters = false;
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            i += Character.charCount(c);
            int digit = Character.digit(c, 10);
            if (digit >= 0) {
                dialled.append((char) ('0' + digit));
                digits++;
            } else if (Character.isLetter(c)) {
                if (c >= 128 || (digits == 0 && dialled.indexOf("+") < 0)) {
                    return null;
                }
                letters = true;
                dialled.append((char) c);
            } else if (c < 128) {
                dialled.append((char) c);
            } else if (isDash(c)) {
                dialled.append('-');
            } else {
                return null;
            }
        }
        return digits == 0 ? null : new PhoneText(dialled.toString(), digits, letters, false);
    }

    /** The digits of a WhatsApp id, or null when it is none of an account with a number. */
    static @Nullable String whatsAppDigits(String waId) {
        String id = waId.strip();
        int at = id.indexOf('@');
        if (at >= 0) {
            String server = id.substring(at + 1);
            if (!server.equals("s.whatsapp.net") && !server.equals("c.us")) {
                return null;
            }
            int device = id.indexOf(':');
            id = id.substring(0, device > 0 && device < at ? device : at);
        }
        id = id.startsWith("+") ? id.substring(1) : id;
        boolean number =
                id.length() <= 15
                        && !id.isEmpty()
                        && id.chars().allMatch(c -> c >= '0' && c <= '9');
        return number ? id : null;
    }

    /**
     * Whether a national number is all one digit, one digit before nothing but another, or counts
     * up or down. The few digits of an island's numbers are so by chance.
     */
    static boolean isPlaceholder(String national) {
        return national.length() >= TELLING
                && (sameStep(national, 1, 0)
                        || sameStep(national, 0, 1)
                        || sameStep(national, 0, 9));
    }

    /**
     * Whether each digit from the given one on is {@code step} more than the one before, 0
     * following 9.
     */
    private static boolean sameStep(String digits, int from, int step) {
        for (int i = from + 1; i < digits.length(); i++) {
            if ((digits.charAt(i) - digits.charAt(i - 1) + 10) % 10 != step) {
                return false;
            }
        }
        return true;
    }

    private static String withoutScheme(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        for (String scheme : SCHEMES) {
            if (lower.startsWith(scheme)) {
                return text.substring(scheme.length());
            }
        }
        return text;
    }

    /**
     * RFC 3966: an extension stays, a context that is a country's code comes before the number,
     * others say nothing.
     */
    private static String withoutParameters(String text) {
        int context = text.indexOf(CONTEXT);
        if (context < 0) {
            return text;
        }
        int end = text.indexOf(';', context + 1);
        String code = text.substring(context + CONTEXT.length(), end < 0 ? text.length() : end);
        String rest = text.substring(0, context) + (end < 0 ? "" : text.substring(end));
        return code.startsWith("+") ? code + rest : rest;
    }

    private static boolean isDash(int c) {
        int type = Character.getType(c);
        return type == Character.DASH_PUNCTUATION || c == 0x2212 || c == 0x30FC || c == 0x00B7;
    }
}
