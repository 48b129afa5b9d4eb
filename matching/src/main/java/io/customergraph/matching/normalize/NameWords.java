package io.customergraph.matching.normalize;

import com.ibm.icu.text.Normalizer2;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * The words of a name as people read them, without honorifics and without what is no part of any
 * name. A comma that parts family from given name is a word of its own.
 */
record NameWords(List<String> words) {

    /** No person's name is longer; what is, is a text in the wrong field. */
    private static final int MAX_INPUT = 300;

    private static final String COMMA = ",";
    private static final Normalizer2 NFKC = Normalizer2.getNFKCInstance();
    private static final NameWords NONE = new NameWords(List.of());
    private static final Set<String> PARTICLES = WordList.words("name-particles.txt");
    private static final Set<String> PLACEHOLDERS = WordList.words("name-placeholders.txt");

    static NameWords of(@Nullable String raw) {
        if (raw == null || raw.length() > MAX_INPUT || raw.indexOf('@') >= 0) {
            return NONE;
        }
        // What is taken out may have kept marks in an order that is not canonical.
        return part(split(NFKC.normalize(cleaned(NFKC.normalize(raw)))));
    }

    private static NameWords part(List<String> words) {
        List<String> name = Honorifics.removed(words);
        return PLACEHOLDERS.contains(NameFolding.fold(String.join("", name)))
                ? NONE
                : new NameWords(name);
    }

    String display() {
        return String.join(" ", words);
    }

    NameWords from(int index) {
        return part(words.subList(index, words.size()));
    }

    NameWords to(int index) {
        return part(words.subList(0, index));
    }

    /** Where the comma stands, or -1. */
    int comma() {
        return words.indexOf(COMMA);
    }

    /** Where the family name starts in a name without comma; at the end for a single word. */
    int familyStart() {
        int start = Math.max(1, words.size() - 1);
        while (start > 1 && PARTICLES.contains(NameFolding.fold(words.get(start - 1)))) {
            start--;
        }
        return Math.min(start, words.size());
    }

    /** Letters, apostrophes, hyphens and dots, with one space between words. */
    private static String cleaned(String text) {
        StringBuilder cleaned = new StringBuilder(text.length() + 4);
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            i += Character.charCount(c);
            switch (Character.getType(c)) {
                case Character.FORMAT -> {}
                case Character.DASH_PUNCTUATION -> cleaned.append('-');
                default -> append(cleaned, c);
            }
        }
        return cleaned.toString();
    }

    private static void append(StringBuilder cleaned, int c) {
        if (c == NameFolding.TATWEEL) {
            return;
        }
        if (NameFolding.isApostrophe(c)) {
            cleaned.append('\'');
        } else if (Character.isLetterOrDigit(c) || NameFolding.isMark(c)) {
            cleaned.appendCodePoint(c);
        } else if (c == '.' || c == '/' || c == 0x00B7) {
            cleaned.append(". ");
        } else if (c == ',' || c == 0x060C) {
            cleaned.append(" , ");
        } else {
            cleaned.append(' ');
        }
    }

    private static List<String> split(String cleaned) {
        List<String> words = new ArrayList<>();
        boolean comma = false;
        for (String part : Arrays.asList(cleaned.split(" ", -1))) {
            String word = trimmed(part);
            if (word.equals(COMMA)) {
                if (!comma && !words.isEmpty()) {
                    words.add(word);
                    comma = true;
                }
            } else if (word.codePoints().anyMatch(Character::isLetter)) {
                words.add(word);
            }
        }
        return words;
    }

    private static String trimmed(String word) {
        int from = 0;
        int to = word.length();
        while (from < to && "-'.".indexOf(word.charAt(from)) >= 0) {
            from++;
        }
        while (to > from && "-'".indexOf(word.charAt(to - 1)) >= 0) {
            to--;
        }
        return word.substring(from, to);
    }
}
