package io.customergraph.matching.normalize;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Arabic names and their spellings. Arabic writes no short vowels and every country romanises in
 * its own way, so that one name has a dozen Latin forms; to drop vowels from all names would make
 * one of Jean and John. Hence a list, and letter by letter for a name that is not in it.
 */
final class ArabicNames {

    private static final Map<String, String> TOKENS = load();
    private static final Set<String> LISTED = Set.copyOf(TOKENS.values());
    private static final Map<Character, String> CONSONANTS = consonants();

    private ArabicNames() {}

    /** The token that stands for a folded word's spellings, or null when it is in no list. */
    static @Nullable String token(String folded) {
        String token = TOKENS.get(folded);
        return token != null || isArabic(folded) ? token : TOKENS.get(soft(folded));
    }

    /** Whether a token stands for the spellings of a name in the list. */
    static boolean isListed(String token) {
        return LISTED.contains(token)
                || (token.startsWith("abd") && LISTED.contains(token.substring(3)));
    }

    static boolean isArabic(String folded) {
        return !folded.isEmpty() && NameFolding.isArabic(folded.charAt(0));
    }

    /** A Latin word without the differences that romanisations of one sound have. */
    static String soft(String word) {
        StringBuilder soft = new StringBuilder(word.length());
        for (int i = 0; i < word.length(); i++) {
            char c = word.charAt(i);
            char next = i + 1 < word.length() ? word.charAt(i + 1) : 0;
            if (c == next) {
                if (c == 'o') {
                    soft.append('u');
                    i++;
                } else if (c == 'e') {
                    soft.append('i');
                    i++;
                }
                continue;
            }
            if (c == 'o' && next == 'u') {
                soft.append('u');
                i++;
            } else if (c == 'd' && next == 'j') {
                soft.append('j');
                i++;
            } else {
                soft.append(c == 'y' && i > 0 ? 'i' : c);
            }
        }
        int last = soft.length() - 1;
        if (last > 2 && soft.charAt(last) == 'h' && soft.charAt(last - 1) == 'a') {
            soft.setLength(last);
        }
        return soft.toString();
    }

    /** Letter by letter, with an {@code a} where two consonants would start the word. */
    static String romanized(String arabic) {
        StringBuilder latin = new StringBuilder(arabic.length() + 4);
        for (int i = 0; i < arabic.length(); i++) {
            boolean start = i == 0;
            char c = arabic.charAt(i);
            String letters =
                    switch (c) {
                        case 'و' -> start ? "w" : "u";
                        case 'ي' -> start ? "y" : "i";
                        case 'ه' -> !start && i == arabic.length() - 1 ? "a" : "h";
                        default -> CONSONANTS.getOrDefault(c, String.valueOf(c));
                    };
            if (i == 1
                    && !latin.isEmpty()
                    && !startsWithVowel(letters)
                    && !startsWithVowel(latin)) {
                latin.append('a');
            }
            latin.append(letters);
        }
        return latin.toString();
    }

    private static boolean startsWithVowel(CharSequence letters) {
        return !letters.isEmpty() && "aeiou".indexOf(letters.charAt(0)) >= 0;
    }

    private static Map<Character, String> consonants() {
        String letters =
                "ا a ب b ت t ث th ج j ح h خ kh د d ذ dh ر r ز z س s ش sh ص s ض d ط t ظ z ع a غ gh ف"
                        + " f ق q ك k ل l م m ن n پ p چ ch ژ j ڤ v گ g ٹ t ڈ d ڑ r";
        String[] pairs = letters.split(" ", -1);
        Map<Character, String> consonants = new HashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            consonants.put(pairs[i].charAt(0), pairs[i + 1]);
        }
        return Map.copyOf(consonants);
    }

    private static Map<String, String> load() {
        Map<String, String> tokens = new HashMap<>();
        for (String line : WordList.lines("arabic-names.txt")) {
            String[] words = line.split("[:,\\s]+", -1);
            String token = words[0];
            for (String word : words) {
                for (String spelling : expanded(word)) {
                    tokens.putIfAbsent(
                            isArabic(spelling) ? NameFolding.fold(spelling) : soft(spelling),
                            token);
                }
            }
        }
        return Map.copyOf(tokens);
    }

    /** All spellings of a word such as {@code [ae]min[e-]}. */
    private static List<String> expanded(String word) {
        int open = word.indexOf('[');
        if (open < 0) {
            return List.of(word);
        }
        int close = word.indexOf(']', open);
        List<String> spellings = new ArrayList<>();
        for (char letter : word.substring(open + 1, close).toCharArray()) {
            String chosen = letter == '-' ? "" : String.valueOf(letter);
            spellings.addAll(
                    expanded(word.substring(0, open) + chosen + word.substring(close + 1)));
        }
        return spellings;
    }
}
