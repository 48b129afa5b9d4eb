package io.customergraph.matching.score;

import io.customergraph.matching.compare.FieldKind;

import org.jspecify.annotations.Nullable;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Adds up what a pattern of agreement is worth. Fields that say the same thing twice are not
 * counted twice:
 *
 * <ul>
 *   <li>City, postcode and address are one place: beside the strongest the others count a quarter,
 *       where they agree.
 *   <li>Two addresses that are merely alike say no more than the names they are made of, where the
 *       names agree.
 * </ul>
 */
final class Weights {

    private static final Set<FieldKind> PLACE =
            EnumSet.of(FieldKind.CITY, FieldKind.POSTCODE, FieldKind.ADDRESS);

    private static final double REST_OF_PLACE = 0.25;

    /** Codes of the e-mail levels that names explain: the same or a similar part before the @. */
    private static final int ALIKE_FROM = 4;

    private static final int ALIKE_TO = 5;

    /** Codes of names up to a typing error. */
    private static final int NAMES_AGREE_TO = 4;

    private final double[][] bits;
    private final boolean[] isPlace;
    private final int email;
    private final int firstName;
    private final int lastName;

    /**
     * Of a model's fields.
     *
     * @param bits by field and code; a code of 0 is worth nothing
     */
    Weights(List<FieldKind> kinds, double[][] bits) {
        this.bits = bits;
        this.isPlace = new boolean[kinds.size()];
        for (int field = 0; field < isPlace.length; field++) {
            isPlace[field] = PLACE.contains(kinds.get(field));
        }
        this.email = kinds.indexOf(FieldKind.EMAIL);
        this.firstName = kinds.indexOf(FieldKind.FIRST_NAME);
        this.lastName = kinds.indexOf(FieldKind.LAST_NAME);
    }

    /** Of a model's fields and levels. */
    static Weights of(MatchModel model) {
        double[][] bits = new double[model.fields().size()][];
        for (int field = 0; field < bits.length; field++) {
            List<MatchModel.LevelOdds> levels = model.fields().get(field).levels();
            bits[field] = new double[levels.size() + 1];
            for (int level = 0; level < levels.size(); level++) {
                bits[field][level + 1] = levels.get(level).weight();
            }
        }
        return new Weights(model.fields().stream().map(MatchModel.Field::kind).toList(), bits);
    }

    /** The evidence of a pattern. */
    double of(long pattern) {
        return of(pattern, null);
    }

    /**
     * The evidence of a pattern.
     *
     * @param further evidence of each field, for the value that both have; null for none
     */
    double of(long pattern, double @Nullable [] further) {
        double sum = 0;
        double place = 0;
        double strongest = 0;
        for (int field = 0; field < bits.length; field++) {
            double evidence = bits[field][Patterns.code(pattern, field)];
            if (further != null) {
                evidence += further[field];
            }
            if (isPlace[field] && evidence > 0) {
                place += evidence;
                strongest = Math.max(strongest, evidence);
            } else if (field != email || !isExplainedByNames(pattern)) {
                sum += evidence;
            }
        }
        return sum + strongest + REST_OF_PLACE * (place - strongest);
    }

    /**
     * What of each field counts; their sum is {@link #of(long, double[])}.
     *
     * @param further evidence of each field, for the value that both have
     */
    double[] each(long pattern, double[] further) {
        double[] counted = new double[bits.length];
        int strongest = -1;
        for (int field = 0; field < bits.length; field++) {
            counted[field] = bits[field][Patterns.code(pattern, field)] + further[field];
            if (field == email && isExplainedByNames(pattern)) {
                counted[field] = 0;
            }
            if (isPlace[field]
                    && counted[field] > 0
                    && (strongest < 0 || counted[field] > counted[strongest])) {
                strongest = field;
            }
        }
        for (int field = 0; field < bits.length; field++) {
            if (isPlace[field] && counted[field] > 0 && field != strongest) {
                counted[field] *= REST_OF_PLACE;
            }
        }
        return counted;
    }

    private boolean isExplainedByNames(long pattern) {
        int code = Patterns.code(pattern, email);
        if (code < ALIKE_FROM || code > ALIKE_TO) {
            return false;
        }
        int first = firstName < 0 ? 0 : Patterns.code(pattern, firstName);
        int last = lastName < 0 ? 0 : Patterns.code(pattern, lastName);
        return first <= NAMES_AGREE_TO && last <= NAMES_AGREE_TO && first + last > 0;
    }
}
