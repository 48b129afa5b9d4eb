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

/** What a model and the guards say of two customers of one tenant. Used by one batch or request. */
final class PairVerdicts {

    private final MatchModel model;
    private final LocalDate today;
    private @Nullable PairScorer scorer;

    PairVerdicts(MatchModel model, Clock clock) {
        this.model = model;
        this.today = LocalDate.now(clock);
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
        PairScorer pairs = scorer(a.region());
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
                pairs.explain(pairs.person(textsOfA), pairs.person(textsOfB)),
                guards(a, b, sharedKinds, said),
                !sharedKinds.ids().isEmpty());
    }

    /** All customers of a tenant are of its region. */
    private PairScorer scorer(String region) {
        PairScorer known = scorer;
        if (known == null) {
            known = new PairScorer(model, new FieldKind.Reading(region, today));
            scorer = known;
        }
        return known;
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
