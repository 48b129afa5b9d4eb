package io.customergraph.review;

import io.customergraph.matching.score.Explanation;

import java.util.List;
import java.util.UUID;

/**
 * Why two customers are, or are not, one person.
 *
 * @param guards what forbids to merge them without a person's word, whatever the score
 * @param decidedBy the guard or threshold that decided
 */
public record MatchExplanation(
        UUID a,
        UUID b,
        Explanation explanation,
        List<Guard> guards,
        Verdict verdict,
        String decidedBy) {

    /** From this probability on two customers are merged without a person's word. */
    public static final double AUTOMATIC = 0.999;

    /** From this probability on a person is asked. */
    public static final double REVIEW = 0.5;

    public MatchExplanation {
        guards = List.copyOf(guards);
    }

    /** What the evidence amounts to. */
    public enum Verdict {
        /** Evident enough to merge without asking. */
        SAME,
        /** For a person to decide. */
        REVIEW,
        DIFFERENT
    }

    /** What forbids to merge. */
    public enum Guard {
        /** A person decided that they are two. */
        BANNED,
        /** A person took a merge of theirs back. */
        TAKEN_APART,
        /** Each has an id of one shop or account of its own there: one person has one. */
        TWO_IDS_IN_ONE_ACCOUNT,
        /** What names both was merely claimed: anybody can type an address. */
        CLAIMED
    }

    /**
     * Of what the model says and what stands against a merge.
     *
     * @param isSaidBySource whether a source says that they are one: then a person is asked at
     *     least
     */
    static MatchExplanation of(
            UUID a, UUID b, Explanation explanation, List<Guard> guards, boolean isSaidBySource) {
        double probability = explanation.probability();
        if (guards.contains(Guard.BANNED)) {
            return new MatchExplanation(
                    a, b, explanation, guards, Verdict.DIFFERENT, Guard.BANNED.name());
        }
        if (probability < REVIEW && isSaidBySource) {
            return new MatchExplanation(
                    a, b, explanation, guards, Verdict.REVIEW, "SOURCE_SAYS_SO");
        }
        if (probability < REVIEW) {
            return new MatchExplanation(
                    a, b, explanation, guards, Verdict.DIFFERENT, "BELOW_REVIEW");
        }
        if (!guards.isEmpty()) {
            return new MatchExplanation(
                    a, b, explanation, guards, Verdict.REVIEW, guards.getFirst().name());
        }
        return probability < AUTOMATIC
                ? new MatchExplanation(a, b, explanation, guards, Verdict.REVIEW, "BELOW_AUTOMATIC")
                : new MatchExplanation(a, b, explanation, guards, Verdict.SAME, "AUTOMATIC");
    }
}
