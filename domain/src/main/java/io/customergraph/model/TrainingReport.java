package io.customergraph.model;

/**
 * How a model was trained.
 *
 * @param customers that it saw
 * @param rounds of expectation and maximisation
 * @param lastChange of the probabilities, relative, in the last round
 * @param converged whether further rounds would change nothing that matters
 * @param expectedMatches pairs of one person among the customers, as the model has it
 * @param patterns distinct ways in which pairs agreed
 */
public record TrainingReport(
        long customers,
        int rounds,
        double lastChange,
        boolean converged,
        double expectedMatches,
        int patterns) {}
