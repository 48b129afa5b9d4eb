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

/**
 * Scores two people by a model and says why. A field may have several values, as people have
 * several addresses: the closest two count.
 *
 * <p>Safe for use by several threads.
 */
public final class PairScorer {

    private final MatchModel model;
    private final List<ValueComparator<Prepared>> comparators = new ArrayList<>();
    private final Weights weights;

    /**
     * Scores by a model.
     *
     * @throws IllegalArgumentException where a field's levels are not its comparator's
     */
    @SuppressWarnings("unchecked") // What a comparator prepares is what it compares.
    public PairScorer(MatchModel model, FieldKind.Reading reading) {
        this.model = model;
        double[][] bits = new double[model.fields().size()][];
        for (int field = 0; field < bits.length; field++) {
            MatchModel.Field odds = model.fields().get(field);
            ValueComparator<Prepared> comparator =
                    (ValueComparator<Prepared>) odds.kind().comparator(reading);
            if (comparator.levels().size() != odds.levels().size()) {
                throw new IllegalArgumentException(
                        "The model knows other levels of " + odds.name());
            }
            comparators.add(comparator);
            bits[field] = new double[odds.levels().size() + 1];
            for (int level = 0; level < odds.levels().size(); level++) {
                bits[field][level + 1] = odds.levels().get(level).weight();
            }
        }
        this.weights =
                new Weights(model.fields().stream().map(MatchModel.Field::kind).toList(), bits);
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
        for (int field = 0; field < comparators.size(); field++) {
            Match match = closest(field, a, b);
            if (match != null) {
                matches.put(model.fields().get(field).kind(), match);
                pattern |= (long) (match.level + 1) << (field * Patterns.BITS);
            }
        }
        double[] counted = weights.each(pattern);
        List<Explanation.Comparison> comparisons = new ArrayList<>();
        for (int field = 0; field < comparators.size(); field++) {
            FieldKind kind = model.fields().get(field).kind();
            Match match = matches.get(kind);
            if (match == null) {
                comparisons.add(
                        new Explanation.Comparison(
                                kind, "MISSING", "not known of both", null, null, 0, 0));
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
                                counted[field]));
            }
        }
        return new Explanation(
                model.version(), MatchModel.bits(model.prior()), List.copyOf(comparisons));
    }

    private record Match(Prepared a, Prepared b, int level) {}

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
                if (closest == null || level < closest.level) {
                    closest = new Match(valueA, valueB, level);
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
