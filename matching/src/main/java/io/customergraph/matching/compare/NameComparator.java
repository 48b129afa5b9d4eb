package io.customergraph.matching.compare;

import io.customergraph.matching.normalize.PersonName;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * Compares given names, or family names. Scripts, accents, honorifics and particles do not count;
 * see {@link PersonName}.
 */
public final class NameComparator implements ValueComparator<NameComparator.Name> {

    private static final double CLOSE = 0.92;
    private static final double LIKE = 0.8;

    private static final int WITH_ARTICLE = 6;

    private static final int EXACT = 0;
    private static final int NICKNAME = 1;
    private static final int SWAPPED = 2;
    private static final int TYPO = 3;
    private static final int PART = 4;
    private static final int INITIAL = 5;
    private static final int SIMILAR = 6;
    private static final int DIFFERENT = 7;

    private static final List<Level> OF_GIVEN_NAMES =
            List.of(
                    Level.byTerm("EXACT", "the same name", 0.70, 0.006),
                    Level.of("NICKNAME", "a short form or another spelling of it", 0.06, 0.002),
                    Level.of("SWAPPED", "the other's family name", 0.01, 0.0005),
                    Level.of("TYPO", "a letter or two differ", 0.08, 0.003),
                    Level.of("PART", "one of several names is shared", 0.02, 0.003),
                    Level.of("INITIAL", "the other's initial", 0.03, 0.01),
                    Level.of("SIMILAR", "sounds alike in part", 0.03, 0.02),
                    Level.of("DIFFERENT", "another name", 0.07, 0.95));

    private static final List<Level> OF_FAMILY_NAMES =
            List.of(
                    Level.byTerm("EXACT", "the same name", 0.76, 0.002),
                    Level.of("SPELLING", "another spelling of it", 0.03, 0.0005),
                    Level.of("SWAPPED", "the other's given name", 0.01, 0.0005),
                    Level.of("TYPO", "a letter or two differ", 0.09, 0.002),
                    Level.of("PART", "one of several names is shared", 0.02, 0.003),
                    Level.of("INITIAL", "the other's initial", 0.01, 0.005),
                    Level.of("SIMILAR", "sounds alike in part", 0.02, 0.02),
                    Level.of("DIFFERENT", "another name", 0.06, 0.96));

    private final boolean isGiven;

    private NameComparator(boolean isGiven) {
        this.isGiven = isGiven;
    }

    public static NameComparator ofGivenNames() {
        return new NameComparator(true);
    }

    public static NameComparator ofFamilyNames() {
        return new NameComparator(false);
    }

    /**
     * A name, folded.
     *
     * @param term its words, in order
     * @param root what it is a short form of; the term itself where it is none
     * @param skeleton its consonants, to compare across scripts
     * @param isListed whether it stands for all spellings of an Arabic name that is known
     */
    public record Name(
            String term, String root, String skeleton, List<String> words, boolean isListed)
            implements Prepared {

        public Name {
            words = List.copyOf(words);
        }
    }

    @Override
    public List<Level> levels() {
        return isGiven ? OF_GIVEN_NAMES : OF_FAMILY_NAMES;
    }

    @Override
    public @Nullable Name prepare(String raw) {
        PersonName name = isGiven ? PersonName.of(raw, null) : PersonName.of(null, raw);
        if (name.isEmpty()) {
            return null;
        }
        String term = String.join(" ", name.tokens());
        return new Name(
                term,
                isGiven ? Nicknames.root(term) : term,
                String.join(" ", name.skeletons()),
                name.tokens(),
                name.isListed());
    }

    @Override
    public int swappedLevel() {
        return SWAPPED;
    }

    @Override
    public int compare(Name a, Name b) {
        if (a.term.equals(b.term)) {
            return EXACT;
        }
        if (a.root.equals(b.root)) {
            return NICKNAME;
        }
        double similarity = TextDistance.jaroWinkler(a.term, b.term);
        if (!(a.isListed && b.isListed)) {
            if (isTypo(a.term, b.term, similarity)) {
                return TYPO;
            }
            if (similarity >= LIKE && a.skeleton.equals(b.skeleton)) {
                return NICKNAME;
            }
            if (isBesideArticle(a, b) || isBesideArticle(b, a)) {
                return NICKNAME;
            }
        }
        if (sharesWord(a.words, b.words)) {
            return PART;
        }
        if (isInitial(a.term, b.term)) {
            return INITIAL;
        }
        return similarity >= LIKE ? SIMILAR : DIFFERENT;
    }

    /** Whether a name is the other with its article in the same word: Alharbi and الحربي. */
    private static boolean isBesideArticle(Name a, Name b) {
        if (a.words.size() != 1 || a.term.length() < WITH_ARTICLE) {
            return false;
        }
        boolean isAfterArticle =
                a.term.charAt(1) == 'l' && (a.term.charAt(0) == 'a' || a.term.charAt(0) == 'e');
        if (!isAfterArticle) {
            return false;
        }
        String name = a.term.substring(2);
        return name.equals(b.term)
                || (a.skeleton.endsWith(b.skeleton)
                        && TextDistance.jaroWinkler(name, b.term) >= LIKE);
    }

    private static boolean isTypo(String a, String b, double similarity) {
        int shorter = Math.min(a.length(), b.length());
        return shorter >= 3
                && (similarity >= CLOSE || (shorter >= 4 && TextDistance.isWithinOneEdit(a, b)));
    }

    private static boolean sharesWord(List<String> a, List<String> b) {
        if (a.size() == 1 && b.size() == 1) {
            return false;
        }
        for (String word : a) {
            if (word.length() > 1 && b.contains(word)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isInitial(String a, String b) {
        return (a.length() == 1 || b.length() == 1) && a.charAt(0) == b.charAt(0);
    }
}
