package io.customergraph.review;

import io.customergraph.matching.compare.FieldKind;
import io.customergraph.matching.score.MatchModel;
import io.customergraph.matching.score.PairScorer;

import org.jspecify.annotations.Nullable;

import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the model and the guards say of two customers. Pure. */
final class PairVerdicts {

    /** How many people the shipped model takes a tenant to have. */
    private static final long PEOPLE = 100_000;

    private final MatchModel model = MatchModel.shipped(PEOPLE);
    private final Clock clock;
    private volatile @Nullable Current current;

    /** The scorer for one way of reading, which is a tenant's and a day's. */
    private record Current(FieldKind.Reading reading, PairScorer scorer) {}

    PairVerdicts(Clock clock) {
        this.clock = clock;
    }

    /** The version of the model that scores. */
    String model() {
        return model.version();
    }

    /**
     * Explains a pair.
     *
     * @param sharedKinds by which a record names both: each has the other's values of these kinds
     * @param said by people
     */
    MatchExplanation explain(
            ComparedCustomer a,
            ComparedCustomer b,
            SharedKinds sharedKinds,
            Set<MatchExplanation.Guard> said) {
        PairScorer scorer = scorer(new FieldKind.Reading(a.region(), LocalDate.now(clock)));
        Map<FieldKind, List<String>> textsOfA = a.texts();
        Map<FieldKind, List<String>> textsOfB = b.texts();
        share(textsOfA, textsOfB, sharedKinds.all());
        if (!sharedKinds.ids().isEmpty()) {
            textsOfA.put(FieldKind.EXTERNAL_ID, sharedKinds.ids());
            textsOfB.put(FieldKind.EXTERNAL_ID, sharedKinds.ids());
        }
        return MatchExplanation.of(
                a.id(),
                b.id(),
                scorer.explain(scorer.person(textsOfA), scorer.person(textsOfB)),
                guards(a, b, sharedKinds, said),
                !sharedKinds.ids().isEmpty());
    }

    private PairScorer scorer(FieldKind.Reading reading) {
        Current known = current;
        if (known == null || !known.reading.equals(reading)) {
            known = new Current(reading, new PairScorer(model, reading));
            current = known;
        }
        return known.scorer;
    }

    private static void share(
            Map<FieldKind, List<String>> a, Map<FieldKind, List<String>> b, Set<String> kinds) {
        for (FieldKind field : List.of(FieldKind.EMAIL, FieldKind.PHONE)) {
            if (kinds.contains(field == FieldKind.EMAIL ? "email" : "phone")) {
                List<String> both = new ArrayList<>(a.getOrDefault(field, List.of()));
                both.addAll(b.getOrDefault(field, List.of()));
                a.put(field, both);
                b.put(field, both);
            }
        }
    }

    private static List<MatchExplanation.Guard> guards(
            ComparedCustomer a,
            ComparedCustomer b,
            SharedKinds sharedKinds,
            Set<MatchExplanation.Guard> said) {
        List<MatchExplanation.Guard> guards = new ArrayList<>(said.stream().sorted().toList());
        if (a.hasAnotherIdThan(b)) {
            guards.add(MatchExplanation.Guard.TWO_IDS_IN_ONE_ACCOUNT);
        }
        if (sharedKinds.isPartlyClaimed()) {
            guards.add(MatchExplanation.Guard.CLAIMED);
        }
        return guards;
    }
}
