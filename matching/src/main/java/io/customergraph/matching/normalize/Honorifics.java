package io.customergraph.matching.normalize;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Titles before a name and degrees behind it. */
final class Honorifics {

    private static final Set<String> TITLES = marked("");
    private static final Set<String> TITLES_OR_NAMES = marked("?");
    private static final Set<String> DEGREES = marked("!");

    private Honorifics() {}

    static List<String> removed(List<String> words) {
        int from = 0;
        int to = words.size();
        while (from < to && (isComma(words.get(from)) || isTitle(words.get(from), to - from))) {
            from++;
        }
        while (to > from
                && (isComma(words.get(to - 1)) || isDegree(words.get(to - 1), to - from))) {
            to--;
        }
        return List.copyOf(words.subList(from, to));
    }

    private static boolean isTitle(String word, int words) {
        String folded = NameFolding.fold(word);
        if (TITLES.contains(folded)) {
            return true;
        }
        // One letter is a title with its dot only in Arabic and French; in English it is an
        // initial.
        boolean oneLetter = folded.length() == 1;
        boolean dotted = word.endsWith(".");
        return words > 1
                && TITLES_OR_NAMES.contains(folded)
                && (!oneLetter || (dotted && word.charAt(0) > 0x7F));
    }

    private static boolean isDegree(String word, int words) {
        String folded = NameFolding.fold(word);
        return (words > 1 && DEGREES.contains(folded)) || TITLES.contains(folded);
    }

    private static boolean isComma(String word) {
        return word.equals(",");
    }

    private static Set<String> marked(String mark) {
        return WordList.lines("honorifics.txt").stream()
                .map(line -> line.split(" ", -1))
                .filter(words -> (words.length > 1 ? words[1] : "").equals(mark))
                .map(words -> words[0])
                .collect(Collectors.toUnmodifiableSet());
    }
}
