package io.customergraph.matching.score;

import io.customergraph.matching.compare.FieldKind;
import io.customergraph.matching.compare.Level;

import org.jspecify.annotations.Nullable;

import java.time.LocalDate;
import java.util.List;

/**
 * How often people's records agree, and how often strangers' do.
 *
 * @param version names the model in decisions
 * @param prior the probability that two records drawn at random are one person's
 * @param fields each at most once
 * @param calibration what people's decisions make of the odds
 */
public record MatchModel(
        String version, double prior, List<Field> fields, Calibration calibration) {

    /** The version of the model that is used before any training. */
    public static final String SHIPPED = "shipped-1";

    private static final List<FieldKind> OF_CUSTOMERS =
            List.of(
                    FieldKind.EMAIL,
                    FieldKind.PHONE,
                    FieldKind.FIRST_NAME,
                    FieldKind.LAST_NAME,
                    FieldKind.BIRTH_DATE,
                    FieldKind.CITY,
                    FieldKind.POSTCODE,
                    FieldKind.ADDRESS,
                    FieldKind.COMPANY,
                    FieldKind.EXTERNAL_ID);

    public MatchModel {
        fields = List.copyOf(fields);
        if (!(prior > 0 && prior < 1)) {
            throw new IllegalArgumentException("A prior lies between 0 and 1");
        }
    }

    /** A model whose odds no decisions corrected. */
    public MatchModel(String version, double prior, List<Field> fields) {
        this(version, prior, fields, Calibration.IDENTITY);
    }

    /**
     * A field and what its levels are worth, in the order of its comparator's.
     *
     * @param terms how common its values are; null where that is not known, or does not count
     */
    public record Field(
            String name, FieldKind kind, List<LevelOdds> levels, @Nullable CommonTerms terms) {

        public Field {
            levels = List.copyOf(levels);
        }

        /** A field whose values are not known to be rare or common. */
        public Field(String name, FieldKind kind, List<LevelOdds> levels) {
            this(name, kind, levels, null);
        }
    }

    /**
     * A level's probabilities.
     *
     * @param m that the values of one person agree so
     * @param u that the values of two people do
     */
    public record LevelOdds(String level, double m, double u) {

        public LevelOdds {
            if (!(m > 0 && u > 0)) {
                throw new IllegalArgumentException("Impossible probabilities of " + level);
            }
        }

        /** The evidence in bits; below zero where it speaks against one person. */
        public double weight() {
            return log2(m / u);
        }
    }

    /** The same model under another name. */
    public MatchModel named(String name) {
        return new MatchModel(name, prior, fields, calibration);
    }

    /** The same model with odds corrected so. */
    public MatchModel calibrated(Calibration by) {
        return new MatchModel(version, prior, fields, by);
    }

    /** What the model says of these fields alone, in this order; it knows them. */
    public MatchModel of(List<FieldKind> kinds) {
        return new MatchModel(
                version, prior, kinds.stream().map(this::field).toList(), calibration);
    }

    private Field field(FieldKind kind) {
        return fields.stream()
                .filter(field -> field.kind() == kind)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("The model does not know " + kind));
    }

    static double log2(double x) {
        return Math.log(x) / Math.log(2);
    }

    /** The odds of a probability, in bits. */
    public static double bits(double probability) {
        return log2(probability / (1 - probability));
    }

    /** The probability of odds in bits. */
    public static double probability(double bits) {
        return 1 / (1 + Math.exp(-bits * Math.log(2)));
    }

    /**
     * The model that is used before any training, for customers of which most have one record.
     *
     * @param people how many there are; the more, the less likely two of them are one
     */
    public static MatchModel shipped(long people) {
        FieldKind.Reading reading = new FieldKind.Reading(null, LocalDate.EPOCH);
        List<Field> fields =
                OF_CUSTOMERS.stream()
                        .map(
                                kind ->
                                        new Field(
                                                kind.words(),
                                                kind,
                                                kind.comparator(reading).levels().stream()
                                                        .map(MatchModel::odds)
                                                        .toList()))
                        .toList();
        return new MatchModel(SHIPPED, 1.0 / Math.max(1_000, people), fields);
    }

    private static LevelOdds odds(Level level) {
        return new LevelOdds(level.name(), level.m(), level.u());
    }
}
