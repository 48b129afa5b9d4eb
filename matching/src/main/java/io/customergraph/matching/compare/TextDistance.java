package io.customergraph.matching.compare;

/**
 * How far two texts are apart.
 *
 * <p>Jaro–Winkler as W. E. Winkler defines it (String Comparator Metrics and Enhanced Decision
 * Rules, 1990), with prefixes of up to four letters and a scale of 0.1. An edit is an insertion, a
 * deletion, a substitution or an exchange of two neighbours (Damerau, CACM 1964).
 */
public final class TextDistance {

    private static final int LONGEST = 64;
    private static final int PREFIX = 4;
    private static final double PREFIX_SCALE = 0.1;

    private TextDistance() {}

    /** From 0 for nothing in common to 1 for equal; of longer texts the first 64 characters. */
    public static double jaroWinkler(String a, String b) {
        int lengthA = Math.min(a.length(), LONGEST);
        int lengthB = Math.min(b.length(), LONGEST);
        if (lengthA == 0 || lengthB == 0) {
            return lengthA == lengthB ? 1 : 0;
        }
        int window = Math.max(0, Math.max(lengthA, lengthB) / 2 - 1);
        long matchedA = 0;
        long matchedB = 0;
        int matches = 0;
        for (int i = 0; i < lengthA; i++) {
            char c = a.charAt(i);
            int end = Math.min(lengthB - 1, i + window);
            for (int j = Math.max(0, i - window); j <= end; j++) {
                if ((matchedB & (1L << j)) == 0 && b.charAt(j) == c) {
                    matchedA |= 1L << i;
                    matchedB |= 1L << j;
                    matches++;
                    break;
                }
            }
        }
        if (matches == 0) {
            return 0;
        }
        double transpositions = outOfOrder(a, b, matchedA, matchedB) / 2.0;
        double jaro =
                ((double) matches / lengthA
                                + (double) matches / lengthB
                                + (matches - transpositions) / matches)
                        / 3;
        int prefix = 0;
        int longestPrefix = Math.min(PREFIX, Math.min(lengthA, lengthB));
        while (prefix < longestPrefix && a.charAt(prefix) == b.charAt(prefix)) {
            prefix++;
        }
        return jaro + (prefix * PREFIX_SCALE * (1 - jaro));
    }

    private static int outOfOrder(String a, String b, long matchedA, long matchedB) {
        int outOfOrder = 0;
        long restA = matchedA;
        long restB = matchedB;
        while (restA != 0) {
            int i = Long.numberOfTrailingZeros(restA);
            int j = Long.numberOfTrailingZeros(restB);
            if (a.charAt(i) != b.charAt(j)) {
                outOfOrder++;
            }
            restA &= restA - 1;
            restB &= restB - 1;
        }
        return outOfOrder;
    }

    /** Whether one edit or none makes one of the other. */
    public static boolean isWithinOneEdit(String a, String b) {
        String shorter = a.length() <= b.length() ? a : b;
        String longer = a.length() <= b.length() ? b : a;
        int more = longer.length() - shorter.length();
        if (more > 1) {
            return false;
        }
        int start = 0;
        while (start < shorter.length() && shorter.charAt(start) == longer.charAt(start)) {
            start++;
        }
        int endShorter = shorter.length();
        int endLonger = longer.length();
        while (endShorter > start
                && shorter.charAt(endShorter - 1) == longer.charAt(endLonger - 1)) {
            endShorter--;
            endLonger--;
        }
        int left = endShorter - start;
        if (more == 1) {
            return left == 0;
        }
        return left <= 1
                || (left == 2
                        && shorter.charAt(start) == longer.charAt(start + 1)
                        && shorter.charAt(start + 1) == longer.charAt(start));
    }
}
