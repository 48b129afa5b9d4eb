package io.customergraph.matching.compare;

import org.jspecify.annotations.Nullable;

import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Compares text of a few words, such as a street, a town, a firm or a profession: by its words in
 * any order, and by its spelling.
 */
public final class WordsComparator implements ValueComparator<WordsComparator.Words> {

    private static final Pattern BETWEEN_WORDS = Pattern.compile("[^\\p{L}\\p{N}]+");
    private static final Pattern MARKS = Pattern.compile("\\p{M}+");

    private static final int EXACT = 0;
    private static final int TYPO = 1;
    private static final int MOST_WORDS = 2;
    private static final int SIMILAR = 3;
    private static final int DIFFERENT = 4;

    private static final double CLOSE = 0.92;
    private static final double LIKE = 0.8;
    private static final double MOST = 0.6;
    private static final double SOME = 0.3;
    private static final int MAX_WORDS = 24;

    private static final List<Level> LEVELS =
            List.of(
                    Level.byTerm("EXACT", "the same", 0.70, 0.005),
                    Level.of("TYPO", "a letter or two differ", 0.08, 0.002),
                    Level.of("MOST_WORDS", "most words are the same", 0.05, 0.003),
                    Level.of("SIMILAR", "alike in part", 0.05, 0.03),
                    Level.of("DIFFERENT", "something else", 0.12, 0.96));

    /** A text; {@code term} is its words in lower case without accents. */
    public record Words(String term, List<String> words) implements Prepared {

        public Words {
            words = List.copyOf(words);
        }
    }

    @Override
    public List<Level> levels() {
        return LEVELS;
    }

    @Override
    public @Nullable Words prepare(String raw) {
        String folded =
                MARKS.matcher(
                                Normalizer.normalize(
                                        raw.toLowerCase(Locale.ROOT), Normalizer.Form.NFKD))
                        .replaceAll("");
        String term = BETWEEN_WORDS.matcher(folded).replaceAll(" ").strip();
        if (term.isEmpty()) {
            return null;
        }
        String[] words = term.split(" ");
        return new Words(term, List.of(words).subList(0, Math.min(MAX_WORDS, words.length)));
    }

    @Override
    public int compare(Words a, Words b) {
        if (a.term.equals(b.term)) {
            return EXACT;
        }
        double similarity = TextDistance.jaroWinkler(a.term, b.term);
        boolean areLong = Math.min(a.term.length(), b.term.length()) >= 4;
        if (areLong && (similarity >= CLOSE || TextDistance.isWithinOneEdit(a.term, b.term))) {
            return TYPO;
        }
        double shared = sharedWords(a.words, b.words);
        if (shared >= MOST) {
            return MOST_WORDS;
        }
        return shared >= SOME || similarity >= LIKE ? SIMILAR : DIFFERENT;
    }

    /** Words that both have, by all words; a word counts as had where one edit makes it so. */
    private static double sharedWords(List<String> a, List<String> b) {
        if (a.size() == 1 && b.size() == 1) {
            return 0;
        }
        int shared = 0;
        for (String word : a) {
            if (has(b, word)) {
                shared++;
            }
        }
        return (double) shared / (a.size() + b.size() - shared);
    }

    private static boolean has(List<String> words, String word) {
        for (String other : words) {
            if (other.equals(word)
                    || (word.length() >= 5 && TextDistance.isWithinOneEdit(other, word))) {
                return true;
            }
        }
        return false;
    }
}
