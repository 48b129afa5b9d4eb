package io.customergraph.matching.compare;

/**
 * One way in which two values agree.
 *
 * @param name for programs, unique within its comparator: {@code EXACT}, {@code TYPO} …
 * @param words for people, to follow "first name:": {@code "a letter or two differ"}
 * @param m how often the values of one person agree so: the shipped default, before training
 * @param u how often the values of two people agree so by chance: the shipped default
 * @param isByTerm whether agreement on a rare value is worth more than on a common one
 */
public record Level(String name, String words, double m, double u, boolean isByTerm) {

    public Level {
        if (!(m > 0 && m < 1 && u > 0 && u < 1)) {
            throw new IllegalArgumentException("Probabilities lie between 0 and 1: " + name);
        }
    }

    static Level of(String name, String words, double m, double u) {
        return new Level(name, words, m, u, false);
    }

    static Level byTerm(String name, String words, double m, double u) {
        return new Level(name, words, m, u, true);
    }
}
