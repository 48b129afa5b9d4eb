package io.customergraph.matching.score;

import io.customergraph.matching.compare.FieldKind;
import io.customergraph.matching.compare.Level;
import io.customergraph.matching.compare.Prepared;
import io.customergraph.matching.compare.ValueComparator;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Scores two people by a model and says why. A field may have several values, as people have
 * several addresses: the closest two count.
 *
 * <p>Safe for use by several threads.
 */
public final class PairScorer {

    private final MatchModel model;
    private final List<ValueComparator<Prepared>> comparators = new ArrayList<>();
    private final List<Map<String, Double>> shares = new ArrayList<>();
    private final Weights weights;

    /**
     * Scores by a model.
     *
     * @throws IllegalArgumentException where a field's levels are not its comparator's
     */
    @SuppressWarnings("unchecked") // What a comparator prepares is what it compares.
    public PairScorer(MatchModel model, FieldKind.Reading reading) {
        this.model = model;
        for (MatchModel.Field odds : model.fields()) {
            ValueComparator<Prepared> comparator =
                    (ValueComparator<Prepared>) odds.kind().comparator(reading);
            if (comparator.levels().size() != odds.levels().size()) {
                throw new IllegalArgumentException(
                        "The model knows other levels of " + odds.name());
            }
            comparators.add(comparator);
            shares.add(shares(odds.terms()));
        }
        this.weights = Weights.of(model);
    }

    private static Map<String, Double> shares(@Nullable CommonTerms terms) {
        return terms == null
                ? Map.of()
                : terms.terms().stream()
                        .collect(
                                Collectors.toUnmodifiableMap(
                                        CommonTerms.Share::term, CommonTerms.Share::share));
    }

    /** What is known of one person, ready to be compared. */
    public static final class Person {

        private final List<List<Prepared>> values;

        private Person(List<List<Prepared>> values) {
            this.values = values;
        }
    }

    /** Makes a person of texts by field; fields that the model does not know are left out. */
    public Person person(Map<FieldKind, List<String>> texts) {
        List<List<Prepared>> values = new ArrayList<>();
        for (int field = 0; field < comparators.size(); field++) {
            List<Prepared> ofField = new ArrayList<>();
            for (String text : texts.getOrDefault(model.fields().get(field).kind(), List.of())) {
                Prepared prepared = comparators.get(field).prepare(text);
                if (prepared != null) {
                    ofField.add(prepared);
                }
            }
            values.add(ofField);
        }
        return new Person(values);
    }

    /** Explains why two people are, or are not, one. The same whichever comes first. */
    public Explanation explain(Person a, Person b) {
        Map<FieldKind, Match> matches = new EnumMap<>(FieldKind.class);
        long pattern = 0;
        double[] rarity = new double[comparators.size()];
        for (int field = 0; field < comparators.size(); field++) {
            Match match = closest(field, a, b);
            if (match != null) {
                rarity[field] = rarity(field, match);
                matches.put(model.fields().get(field).kind(), match);
                pattern |= (long) (match.level + 1) << (field * Patterns.BITS);
            }
        }
        double[] counted = weights.each(pattern, rarity);
        List<Explanation.Comparison> comparisons = new ArrayList<>();
        for (int field = 0; field < comparators.size(); field++) {
            FieldKind kind = model.fields().get(field).kind();
            Match match = matches.get(kind);
            if (match == null) {
                comparisons.add(
                        new Explanation.Comparison(
                                kind, "MISSING", "not known of both", null, null, 0, 0, null, 0));
            } else {
                Level level = comparators.get(field).levels().get(match.level);
                comparisons.add(
                        new Explanation.Comparison(
                                kind,
                                level.name(),
                                level.words(),
                                match.a.term(),
                                match.b.term(),
                                model.fields().get(field).levels().get(match.level).weight(),
                                rarity[field],
                                match.share,
                                counted[field]));
            }
        }
        return new Explanation(
                model.version(),
                MatchModel.bits(model.prior()),
                List.copyOf(comparisons),
                model.calibration());
    }

    /**
     * Two values of a field.
     *
     * @param share of the others who have the value too; null where the two have different ones, or
     *     the model knows no shares
     */
    private record Match(Prepared a, Prepared b, int level, @Nullable Double share) {

        /** Of several values that both have, the rarest says most, whoever comes first. */
        boolean isCloserThan(Match other) {
            return level < other.level
                    || (level == other.level
                            && share != null
                            && other.share != null
                            && share < other.share);
        }
    }

    private double rarity(int field, Match match) {
        CommonTerms terms = model.fields().get(field).terms();
        return terms == null || match.share == null
                ? 0
                : CommonTerms.bits(terms.average(), match.share);
    }

    private @Nullable Double share(int field, int level, Prepared value) {
        CommonTerms terms = model.fields().get(field).terms();
        return terms == null || level > 0
                ? null
                : shares.get(field).getOrDefault(value.term(), terms.rest());
    }

    private @Nullable Match closest(int field, Person a, Person b) {
        ValueComparator<Prepared> comparator = comparators.get(field);
        Match closest = null;
        for (Prepared valueA : a.values.get(field)) {
            for (Prepared valueB : b.values.get(field)) {
                int level = comparator.compare(valueA, valueB);
                if (level > comparator.swappedLevel()
                        && comparator.swappedLevel() >= 0
                        && isSwapped(field, valueA, valueB, a, b)) {
                    level = comparator.swappedLevel();
                }
                Match match = new Match(valueA, valueB, level, share(field, level, valueA));
                if (closest == null || match.isCloserThan(closest)) {
                    closest = match;
                }
            }
        }
        return closest;
    }

    private boolean isSwapped(int field, Prepared valueA, Prepared valueB, Person a, Person b) {
        FieldKind sibling = model.fields().get(field).kind().sibling();
        for (int other = 0; other < comparators.size(); other++) {
            if (model.fields().get(other).kind() == sibling) {
                return has(b.values.get(other), valueA) || has(a.values.get(other), valueB);
            }
        }
        return false;
    }

    private static boolean has(List<Prepared> values, Prepared value) {
        for (Prepared other : values) {
            if (other.term().equals(value.term())) {
                return true;
            }
        }
        return false;
    }
}
