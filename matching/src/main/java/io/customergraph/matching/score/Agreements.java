package io.customergraph.matching.score;

import io.customergraph.matching.compare.FieldKind;

import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** Scores by a model how two people agreed, where their values are not at hand any more. */
public final class Agreements {

    private final MatchModel model;
    private final Weights weights;

    public Agreements(MatchModel model) {
        this.model = model;
        this.weights = Weights.of(model);
    }

    /**
     * The odds before any calibration, in bits, without what the rarity of values adds.
     *
     * @param levels the names of levels by those of fields, as {@link Explanation#agreement} gives
     *     them
     * @return empty where the model does not know a field or a level
     */
    public OptionalDouble bits(Map<String, String> levels) {
        long pattern = 0;
        int known = 0;
        for (int field = 0; field < model.fields().size(); field++) {
            FieldKind kind = model.fields().get(field).kind();
            String level = levels.get(kind.name());
            if (level != null) {
                int code = code(model.fields().get(field).levels(), level);
                if (code == 0) {
                    return OptionalDouble.empty();
                }
                pattern |= (long) code << (field * Patterns.BITS);
                known++;
            }
        }
        return known < levels.size()
                ? OptionalDouble.empty()
                : OptionalDouble.of(MatchModel.bits(model.prior()) + weights.of(pattern));
    }

    private static int code(List<MatchModel.LevelOdds> levels, String name) {
        for (int level = 0; level < levels.size(); level++) {
            if (levels.get(level).level().equals(name)) {
                return level + 1;
            }
        }
        return 0;
    }
}
