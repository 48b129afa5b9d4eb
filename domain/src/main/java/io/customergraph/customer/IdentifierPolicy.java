package io.customergraph.customer;

import java.time.Duration;
import java.util.List;

/**
 * How one kind of identifier is trusted in a tenant.
 *
 * @param priority the lower decides first where a record's identifiers know different customers
 * @param maxPeople with more distinct people than this on one value within the window, the value
 *     turns generic and links nobody any more
 * @param blockedPatterns values that never identify anybody; {@code *} stands for any characters
 * @param uniquePerPerson whether a value of this kind identifies at all; otherwise it is evidence
 * @param onePerAccount whether a person has at most one value of the kind in one scope, so that two
 *     of them are two people
 * @param recycledAfter how long nobody of its owner's name must have been seen with a value before
 *     one that is proved to be of another name is taken for given to somebody else; zero: never
 */
public record IdentifierPolicy(
        IdentifierKind kind,
        int priority,
        int maxPeople,
        Duration window,
        List<String> blockedPatterns,
        boolean uniquePerPerson,
        boolean onePerAccount,
        Duration recycledAfter) {

    public IdentifierPolicy {
        blockedPatterns = List.copyOf(blockedPatterns);
    }

    /** Whether a value of the kind may identify a person. */
    public boolean trusts(String value) {
        return uniquePerPerson && !blocks(value);
    }

    /** Whether a pattern of the policy matches the value. */
    private boolean blocks(String value) {
        for (String pattern : blockedPatterns) {
            if (matches(pattern, value)) {
                return true;
            }
        }
        return false;
    }

    /** Glob matching in time linear in both for one star, and never exponential for many. */
    private static boolean matches(String pattern, String value) {
        int p = 0;
        int v = 0;
        int star = -1;
        int retry = 0;
        while (v < value.length()) {
            if (p < pattern.length() && pattern.charAt(p) == '*') {
                star = p++;
                retry = v;
            } else if (p < pattern.length() && pattern.charAt(p) == value.charAt(v)) {
                p++;
                v++;
            } else if (star >= 0) {
                p = star + 1;
                v = ++retry;
            } else {
                return false;
            }
        }
        while (p < pattern.length() && pattern.charAt(p) == '*') {
            p++;
        }
        return p == pattern.length();
    }
}
