package io.customergraph.matching.score;

import io.customergraph.matching.compare.FieldKind;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The closer two values, the more it speaks for one person. What chance put out of order is put
 * right: such neighbours are worth what they are together. Where equality is not worth most, or to
 * differ not least, nothing was learnt of people, and no model is made of it.
 */
final class LevelOrder {

    /** Chance among few pairs moves the first or last level by less, in bits. */
    private static final double MOST_OFF = 2;

    private LevelOrder() {}

    /**
     * The model with the levels of each field in order.
     *
     * @param identities fields of which equality was not learnt: it stays, and bounds the others
     */
    static MatchModel of(MatchModel model, Set<FieldKind> identities) {
        return new MatchModel(
                model.version(),
                model.prior(),
                model.fields().stream()
                        .map(field -> of(field, identities.contains(field.kind())))
                        .toList(),
                model.calibration());
    }

    private static MatchModel.Field of(MatchModel.Field field, boolean isIdentity) {
        MatchModel.LevelOdds equal = field.levels().getFirst();
        double most = isIdentity ? equal.m() / equal.u() : Double.MAX_VALUE;
        List<MatchModel.LevelOdds> levels = new ArrayList<>();
        if (isIdentity) {
            levels.add(equal);
        }
        for (Pool pool : pools(learnt(field, isIdentity))) {
            double ratio = Math.min(most, pool.m / pool.u);
            for (MatchModel.LevelOdds level : pool.levels) {
                levels.add(new MatchModel.LevelOdds(level.level(), ratio * level.u(), level.u()));
            }
        }
        return new MatchModel.Field(field.name(), field.kind(), levels, field.terms());
    }

    private static List<MatchModel.LevelOdds> learnt(MatchModel.Field field, boolean isIdentity) {
        return isIdentity ? field.levels().subList(1, field.levels().size()) : field.levels();
    }

    /** Why the model is absurd, for people; empty where it is not. */
    static Optional<String> objection(MatchModel model, Set<FieldKind> identities) {
        return model.fields().stream()
                .map(field -> objection(field, identities.contains(field.kind())))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Optional<String> objection(MatchModel.Field field, boolean isIdentity) {
        List<Pool> pools = pools(learnt(field, isIdentity));
        Pool closest = pools.getFirst();
        Pool furthest = pools.getLast();
        MatchModel.LevelOdds first = closest.levels.getFirst();
        MatchModel.LevelOdds last = furthest.levels.getLast();
        if (!isIdentity && (closest.m <= closest.u || closest.isFarFrom(first))) {
            return absurd(field, first, "is worth too little beside the levels that follow");
        }
        if (furthest.m >= furthest.u || furthest.isFarFrom(last)) {
            return absurd(field, last, "is worth too much beside the levels before it");
        }
        return Optional.empty();
    }

    private static Optional<String> absurd(
            MatchModel.Field field, MatchModel.LevelOdds level, String what) {
        return Optional.of(
                "What was learnt is absurd: of the "
                        + field.name()
                        + ", "
                        + level.level()
                        + " "
                        + what);
    }

    /** Neighbours that are worth one thing together. */
    private record Pool(List<MatchModel.LevelOdds> levels, double m, double u) {

        Pool and(Pool next) {
            List<MatchModel.LevelOdds> both = new ArrayList<>(levels);
            both.addAll(next.levels);
            return new Pool(both, m + next.m, u + next.u);
        }

        boolean isWorthLessThan(Pool next) {
            return m / u < next.m / next.u;
        }

        boolean isFarFrom(MatchModel.LevelOdds level) {
            return Math.abs(level.weight() - MatchModel.log2(m / u)) > MOST_OFF;
        }
    }

    /** Pools adjacent violators (M. Ayer and others, 1955). */
    private static List<Pool> pools(List<MatchModel.LevelOdds> levels) {
        List<Pool> pools = new ArrayList<>();
        for (MatchModel.LevelOdds level : levels) {
            Pool pool = new Pool(List.of(level), level.m(), level.u());
            while (!pools.isEmpty() && pools.getLast().isWorthLessThan(pool)) {
                pool = pools.removeLast().and(pool);
            }
            pools.add(pool);
        }
        return pools;
    }
}
