package io.customergraph.ingest;

import io.customergraph.customer.Assurance;
import io.customergraph.customer.IdentifierPolicies;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Decides to whom the records of a batch belong, by exact identity, in the order in which they
 * come. Pure: it reads what was known before and gives what is to be written.
 *
 * <p>A record whose link stands keeps it. Otherwise the first of its identifiers, in the order of
 * the policies, that knows a customer decides; where none does and one could identify, the record
 * is of a new person. A phone does not decide for a customer of clearly another name, and nothing
 * decides for one who has another id in the record's own shop. Other customers that its identifiers
 * know are candidates and never merged here, so a claimed value may attach a record and cannot join
 * two people.
 */
final class BatchResolver {

    private final IdentifierPolicies policies;
    private final BatchIdentities identities;
    private final FoundCandidates candidates = new FoundCandidates();

    BatchResolver(IdentifierPolicies policies, BatchIdentities identities) {
        this.policies = policies;
        this.identities = identities;
    }

    Attribution resolve(IncomingRecord incoming) {
        NameAgreement.Named named = NameAgreement.Named.of(incoming.evidence().name());
        List<Known> linking = linking(incoming, named);
        Subject subject =
                new Subject(
                        named,
                        identities.newAccounts(
                                linking.stream().map(known -> known.value.key()).toList()));
        Attribution attribution = attribute(incoming, linking, subject);
        if (attribution.customer() != null && attribution.home() != null) {
            identities.attach(incoming, attribution.customer(), attribution.home(), named);
            candidates.add(attribution.customer(), attribution.rivals());
        }
        return attribution;
    }

    /** A value that may link, and what is known of it. */
    private record Known(Evidence.Value value, IdentifierState state) {}

    /**
     * The person of a record.
     *
     * @param newAccounts where the record brings an id that is nobody's, and one person has one
     */
    private record Subject(NameAgreement.Named named, Set<String> newAccounts) {}

    private List<Known> linking(IncomingRecord incoming, NameAgreement.Named named) {
        Evidence evidence = incoming.evidence();
        String person = personKey(evidence);
        List<Known> linking = new ArrayList<>(evidence.identifiers().size());
        for (Evidence.Value value : evidence.identifiers()) {
            if (value.identifies()) {
                IdentifierState state = identities.of(value.key());
                if (isRecycled(state, value, incoming, named)) {
                    identities.end(value.key(), incoming.record().origin().updatedAt());
                }
                if (value.key().scope().isEmpty() && !isClaimedOfAnother(state, value)) {
                    state.see(
                            person,
                            incoming.record().origin().updatedAt().getEpochSecond(),
                            policies.of(value.key().kind()));
                }
                if (!state.isGeneric()) {
                    linking.add(new Known(value, state));
                }
            }
        }
        return linking;
    }

    /** Whoever fills in forms does not cut a verified value off its owner. */
    private static boolean isClaimedOfAnother(IdentifierState state, Evidence.Value value) {
        return value.assurance() == Assurance.CLAIMED
                && state.owner() != null
                && state.assurance().compareTo(Assurance.VERIFIED) >= 0;
    }

    /**
     * Whether a value was given to somebody else, as operators do with numbers that were given up:
     * nobody was seen with it for long, and now a channel proves it to be of another name.
     */
    private boolean isRecycled(
            IdentifierState state,
            Evidence.Value value,
            IncomingRecord incoming,
            NameAgreement.Named named) {
        return state.owner() != null
                && value.assurance().compareTo(Assurance.VERIFIED) >= 0
                && state.isAbandoned(
                        incoming.record().origin().updatedAt().getEpochSecond(),
                        policies.of(value.key().kind()))
                && incoming.stored()
                        .flatMap(StoredRecord::home)
                        .filter(state::isAtHomeWith)
                        .isEmpty()
                && state.holders().stream()
                        .allMatch(holder -> holder.agreement(named) == NameAgreement.CONTRADICTION);
    }

    /** What the identifiers of a record say of whom it is about. */
    private static final class Said {

        private final List<UUID> alsoKnown = new ArrayList<>(0);
        private final List<FoundCandidate.Rival> rivals = new ArrayList<>(0);
        private @Nullable Known decides;
        private IdentifierState.@Nullable Holder decided;
        private boolean isNobodys;

        void isNobodys() {
            isNobodys = true;
        }

        /** Also a home that a merge has joined with the one that decides: it may be undone. */
        void knows(Known known, IdentifierState.Holder holder) {
            if (decided == null) {
                decides = known;
                decided = holder;
            } else if (!holder.home().equals(decided.home())
                    && !alsoKnown.contains(holder.home())) {
                alsoKnown.add(holder.home());
            }
            rivals.add(
                    FoundCandidate.Rival.of(
                            holder.customer(), FoundCandidate.Reason.CONFLICT, known.value));
        }
    }

    private Attribution attribute(IncomingRecord incoming, List<Known> linking, Subject subject) {
        Said said = said(incoming, linking, subject);
        Optional<UUID> standing = incoming.stored().flatMap(StoredRecord::customer);
        if (standing.isPresent()) {
            return standing(incoming, standing.get(), linking, said.rivals);
        }
        if (said.decides != null && said.decided != null) {
            UUID customer = said.decided.customer();
            return new Attribution(
                    incoming,
                    customer,
                    said.decided.home(),
                    said.decides.value.key().kind().code(),
                    Optional.of(said.decides.value.key()),
                    said.alsoKnown,
                    FoundCandidate.without(customer, said.rivals));
        }
        if (said.isNobodys) {
            UUID created = identities.createCustomer(incoming);
            return new Attribution(
                    incoming,
                    created,
                    created,
                    Attribution.NEW_PERSON,
                    Optional.empty(),
                    List.of(),
                    said.rivals.stream().map(FoundCandidate.Rival::ofNewCustomer).toList());
        }
        return new Attribution(
                incoming,
                null,
                null,
                Attribution.NO_IDENTITY,
                Optional.empty(),
                List.of(),
                List.of());
    }

    private Said said(IncomingRecord incoming, List<Known> linking, Subject subject) {
        Set<UUID> banned = incoming.stored().map(StoredRecord::notCustomers).orElse(Set.of());
        Said said = new Said();
        for (Known known : linking) {
            for (UUID other : identities.ownersOfOthers(known.value)) {
                said.rivals.add(FoundCandidate.Rival.ofSameMailbox(other, known.value));
            }
            UUID owner = known.state.owner();
            if (owner == null) {
                said.isNobodys();
                continue;
            }
            IdentifierState.Holder holder = known.state.holder(subject.named);
            if (holder == null || isVetoed(holder, subject)) {
                said.isNobodys();
                said.rivals.add(
                        FoundCandidate.Rival.of(
                                owner,
                                holder == null
                                        ? FoundCandidate.Reason.MARGIN
                                        : FoundCandidate.Reason.CONFLICT,
                                known.value));
            } else if (!banned.contains(holder.customer())) {
                said.knows(known, holder);
            }
        }
        return said;
    }

    /** A record that names others now and nothing of its own customer any more has drifted. */
    private static Attribution standing(
            IncomingRecord incoming,
            UUID customer,
            List<Known> linking,
            List<FoundCandidate.Rival> rivals) {
        UUID home = incoming.stored().flatMap(StoredRecord::home).orElse(customer);
        boolean isStillItsOwn =
                linking.stream()
                        .anyMatch(
                                known ->
                                        customer.equals(known.state.owner())
                                                || known.state.isAtHomeWith(home));
        List<FoundCandidate.Rival> others = FoundCandidate.without(customer, rivals);
        return new Attribution(
                incoming,
                customer,
                home,
                Attribution.STANDING,
                Optional.empty(),
                List.of(),
                isStillItsOwn
                        ? others
                        : others.stream()
                                .map(rival -> rival.because(FoundCandidate.Reason.DRIFT))
                                .toList());
    }

    private boolean isVetoed(IdentifierState.Holder holder, Subject subject) {
        return !subject.newAccounts.isEmpty()
                && !Collections.disjoint(
                        identities.accounts(holder.customer()), subject.newAccounts);
    }

    /** A short key of the person named; the ledger of who was seen with a value keeps no names. */
    private static String personKey(Evidence evidence) {
        String name = evidence.name().key();
        return name.isEmpty()
                ? ""
                : Long.toHexString(
                        UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8))
                                .getMostSignificantBits());
    }

    /** Who is known by what after the records that were resolved. */
    BatchIdentities identities() {
        return identities;
    }

    /** Whether the queue of candidates has something to do after the batch. */
    boolean hasCandidates() {
        return !candidates.all().isEmpty() || identities.hasTurnedGeneric();
    }

    /** Pairs that may be one person, each once. */
    Collection<FoundCandidate> candidates() {
        return candidates.all();
    }
}
