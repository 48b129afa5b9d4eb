package io.customergraph.matching.normalize;

import static java.util.Map.entry;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Turns the words of a name into tokens that are equal for equal names. */
final class NameTokens {

    private static final Set<String> ARTICLES = Set.of("al", "el", "ul", "ال");
    private static final Set<String> DESCENT =
            Set.of("bin", "ibn", "ben", "bint", "بن", "ابن", "بنت");

    /** Servant, father and mother of, with what they begin a token by. */
    private static final Map<String, String> JOINTS =
            Map.ofEntries(
                    entry("abd", "abd"),
                    entry("abdul", "abd"),
                    entry("abdel", "abd"),
                    entry("abdoul", "abd"),
                    entry("abdal", "abd"),
                    entry("عبد", "abd"),
                    entry("abu", "abu"),
                    entry("abou", "abu"),
                    entry("abo", "abu"),
                    entry("abul", "abu"),
                    entry("aboul", "abu"),
                    entry("abol", "abu"),
                    entry("ابو", "abu"),
                    entry("um", "um"),
                    entry("umm", "um"),
                    entry("oum", "um"),
                    entry("ام", "um"));

    /** What is written in one word with the name after it: Alsalem, Elsayed, Benali. */
    private static final List<String> PREFIXES = List.of("al", "el", "ben", "bin");

    private static final Set<String> ASSIMILATED =
            Set.of(
                    "ad", "ed", "ar", "er", "as", "es", "ash", "esh", "ach", "ech", "an", "en",
                    "at", "et", "az", "ez", "ud", "ur");

    private NameTokens() {}

    static List<String> of(NameWords given, NameWords family) {
        List<Part> parts = new ArrayList<>();
        boolean isAlone = given.words().size() == 1;
        given.words().forEach(word -> Part.addTo(parts, word, parts.isEmpty(), isAlone));
        family.words().forEach(word -> Part.addTo(parts, word, false, false));
        List<String> tokens = new ArrayList<>(parts.size());
        for (int i = 0; i < parts.size(); i++) {
            Part part = parts.get(i);
            Part next = i + 1 < parts.size() ? parts.get(i + 1) : null;
            if (next != null && (isArticle(part, next) || isDescent(part))) {
                continue;
            }
            String joined = part.alone() ? null : JOINTS.get(part.text());
            if (joined != null && next != null) {
                if (isArticle(next, next) && i + 2 < parts.size()) {
                    i++;
                }
                i++;
                tokens.add(joined(joined, token(parts.get(i).text())));
            } else {
                addTo(tokens, part.text());
            }
        }
        return tokens;
    }

    private static String joined(String joint, String token) {
        return joint.equals("abd") && token.equals("allah") ? "abdallah" : joint + token;
    }

    /** Ben is a given name too, where it comes first; in Arabic the words are nobody's name. */
    private static boolean isDescent(Part part) {
        return DESCENT.contains(part.text())
                && (!part.first() || ArabicNames.isArabic(part.text()));
    }

    private static boolean isArticle(Part part, Part next) {
        if (ARTICLES.contains(part.text())) {
            return !part.alone();
        }
        return part.glued()
                && ASSIMILATED.contains(part.text())
                && next.text().charAt(0) == part.text().charAt(1);
    }

    /** Adds the token, or the two that a compound such as Noureddine is made of. */
    private static void addTo(List<String> tokens, String text) {
        String listed = ArabicNames.token(text);
        String stem = listed == null ? beforeDin(text) : null;
        if (stem != null) {
            tokens.add(token(stem));
            tokens.add("din");
        } else {
            tokens.add(listed != null ? listed : token(text));
        }
    }

    private static @Nullable String beforeDin(String text) {
        if (ArabicNames.isArabic(text)) {
            return text.length() > 6 && text.endsWith("الدين")
                    ? text.substring(0, text.length() - 5)
                    : null;
        }
        String soft = ArabicNames.soft(text);
        soft = soft.endsWith("e") ? soft.substring(0, soft.length() - 1) : soft;
        int stem = soft.length() - 4;
        if (stem < 2 || !(soft.endsWith("edin") || soft.endsWith("udin"))) {
            return null;
        }
        String name = soft.substring(0, stem);
        return stem > 2 || ArabicNames.token(name) != null ? name : null;
    }

    private static String token(String text) {
        String listed = ArabicNames.token(text);
        if (listed != null) {
            return listed;
        }
        return ArabicNames.isArabic(text) ? arabic(text) : latin(text);
    }

    private static String arabic(String text) {
        if (text.startsWith("عبد") && text.length() > 5) {
            return joined("abd", arabic(text.substring(3)));
        }
        if (text.startsWith("ابو") && text.length() > 5) {
            return "abu" + token(text.substring(3));
        }
        String name = text.startsWith("ال") ? text.substring(2) : text;
        String listed = ArabicNames.token(name);
        return listed != null ? listed : ArabicNames.romanized(name.length() > 2 ? name : text);
    }

    private static String latin(String text) {
        String soft = ArabicNames.soft(text);
        String name = soft.startsWith("abd") ? servantOf(soft.substring(3)) : null;
        if (name != null) {
            return joined("abd", name);
        }
        name =
                soft.startsWith("abu") && soft.length() > 5
                        ? ArabicNames.token(soft.substring(3))
                        : null;
        if (name != null) {
            return "abu" + name;
        }
        name = afterPrefix(soft);
        return name != null ? name : text;
    }

    /**
     * The listed name after an article or ben in the same word. Not before an i, where they are no
     * prefix: Elisa, Alisa.
     */
    private static @Nullable String afterPrefix(String soft) {
        char first = soft.isEmpty() ? 0 : soft.charAt(0);
        if (first != 'a' && first != 'e' && first != 'b') {
            return null;
        }
        for (String prefix : PREFIXES) {
            int length = prefix.length();
            if (soft.startsWith(prefix)
                    && soft.length() > length + 2
                    && soft.charAt(length) != 'i') {
                return ArabicNames.token(soft.substring(length));
            }
        }
        return null;
    }

    /**
     * The name after abd, with its article assimilated or not: ulaziz, errahman, ellatif, salam.
     */
    private static @Nullable String servantOf(String rest) {
        String name = rest;
        for (int cut = 0; cut < 3 && name.length() > 2; cut++) {
            String listed = ArabicNames.token(name);
            if (listed != null) {
                return listed;
            }
            boolean cuttable =
                    cut == 0 ? "aeiou".indexOf(name.charAt(0)) >= 0 : name.charAt(0) == 'l';
            if (!cuttable) {
                return null;
            }
            name = name.substring(1);
        }
        return null;
    }

    /**
     * A folded piece of a word.
     *
     * @param glued whether a hyphen or apostrophe ties it to the next
     * @param first whether the given name begins with it
     * @param alone whether it is all of the given name
     */
    private record Part(String text, boolean glued, boolean first, boolean alone) {

        static void addTo(List<Part> parts, String word, boolean first, boolean alone) {
            // O'Neil is one word, Al-Ali and Jean-Pierre are two.
            int from = 0;
            for (int hyphen = word.indexOf('-'); hyphen >= 0; hyphen = word.indexOf('-', from)) {
                add(parts, word.substring(from, hyphen), true, first && from == 0, false);
                from = hyphen + 1;
            }
            add(parts, word.substring(from), false, first && from == 0, alone && from == 0);
        }

        private static void add(
                List<Part> parts, String piece, boolean glued, boolean first, boolean alone) {
            String text = NameFolding.fold(piece);
            if (!text.isEmpty()) {
                parts.add(new Part(text, glued, first, alone));
            }
        }
    }
}
