package io.customergraph.limits;

/**
 * Finds numbers that nobody means. Reading one takes the parser time in the square of its digits,
 * which no limit on tokens or bytes bounds, so it is to be refused before.
 */
final class LongNumbers {

    /** More than any type of this API has; longer ones are not read. */
    static final int MOST_DIGITS = 100;

    private LongNumbers() {}

    /** Whether a number outside of strings and comments has more digits in a row. */
    static boolean in(String document) {
        int digits = 0;
        int at = 0;
        while (at < document.length()) {
            char next = document.charAt(at);
            if (next == '"') {
                at = afterString(document, at);
                digits = 0;
            } else if (next == '#') {
                at = afterComment(document, at);
                digits = 0;
            } else {
                digits = next >= '0' && next <= '9' ? digits + 1 : 0;
                if (digits > MOST_DIGITS) {
                    return true;
                }
                at++;
            }
        }
        return false;
    }

    private static int afterString(String document, int start) {
        if (document.startsWith("\"\"\"", start)) {
            int end = start + 3;
            while (end < document.length() && !document.startsWith("\"\"\"", end)) {
                end += document.startsWith("\\\"\"\"", end) ? 4 : 1;
            }
            return end + 3;
        }
        int end = start + 1;
        while (end < document.length() && document.charAt(end) != '"') {
            // A string ends with its line; what is wrong with it is the parser's to say.
            if (document.charAt(end) == '\n') {
                return end;
            }
            end += document.charAt(end) == '\\' ? 2 : 1;
        }
        return end + 1;
    }

    private static int afterComment(String document, int start) {
        int end = start;
        while (end < document.length()
                && document.charAt(end) != '\n'
                && document.charAt(end) != '\r') {
            end++;
        }
        return end;
    }
}
