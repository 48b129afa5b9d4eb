package io.customergraph.ingest;

import io.customergraph.customer.Assurance;
import io.customergraph.customer.FieldValue;
import io.customergraph.customer.IdentifierKey;
import io.customergraph.customer.IdentifierKind;
import io.customergraph.customer.IdentifierPolicies;
import io.customergraph.id.TimeOrderedId;
import io.customergraph.matching.normalize.PersonName;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
    private final Map<IdentifierKey, IdentifierState> identifiers;
    private final Map<UUID, Profile> profiles;
    private final Map<UUID, Set<String>> accounts;
    private final Map<FoundCandidate.Pair, FoundCandidate> candidates = new LinkedHashMap<>();
    private final Map<IdentifierKey, NewIdentifier> newIdentifiers = new LinkedHashMap<>();
    private final Map<CustomerAndKey, NewIdentifier> newEvidence = new LinkedHashMap<>();

    /**
     * A resolver of one batch.
     *
     * @param identifiers what is stored of the batch's identifiers
     * @param profiles of every customer that those identifiers, or the stored records, know
     * @param accounts where a customer has an id of which one person has one: kind and scope
     */
    BatchResolver(
            IdentifierPolicies policies,
            Map<IdentifierKey, IdentifierState> identifiers,
            Map<UUID, Profile> profiles,
            Map<UUID, Set<String>> accounts) {
        this.policies = policies;
        this.accounts = new HashMap<>(accounts);
        this.identifiers = new HashMap<>(identifiers);
        this.profiles = new LinkedHashMap<>(profiles);
    }

    /** An identifier that a customer gains by a record. */
    record NewIdentifier(
            UUID customer, UUID home, Evidence.Value value, IncomingRecord by, boolean isGeneric) {}

    private record CustomerAndKey(UUID customer, IdentifierKey key) {}

    Attribution resolve(IncomingRecord incoming) {
        Evidence evidence = incoming.evidence();
        String person = personKey(evidence);
        List<Known> linking = new ArrayList<>(evidence.identifiers().size());
        for (Evidence.Value value : evidence.identifiers()) {
            if (value.identifies()) {
                IdentifierState state =
                        identifiers.computeIfAbsent(value.key(), IdentifierState::unknown);
                if (value.key().scope().isEmpty()) {
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
        Subject subject =
                new Subject(NameAgreement.Named.of(evidence.name()), newAccounts(linking));
        Attribution attribution = attribute(incoming, linking, subject);
        if (attribution.customer() != null && attribution.home() != null) {
            attach(incoming, attribution.customer(), attribution.home(), subject);
            for (FoundCandidate.Rival rival : attribution.rivals()) {
                FoundCandidate.Pair pair =
                        FoundCandidate.Pair.of(attribution.customer(), rival.customer());
                candidates.merge(pair, FoundCandidate.of(pair, rival), FoundCandidate::and);
            }
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

    private Set<String> newAccounts(List<Known> linking) {
        Set<String> found = new HashSet<>(1);
        for (Known known : linking) {
            IdentifierKey key = known.value.key();
            if (known.state.owner() == null && policies.of(key.kind()).onePerAccount()) {
                found.add(account(key));
            }
        }
        return found;
    }

    private static String account(IdentifierKey key) {
        return key.kind().code() + ' ' + key.scope();
    }

    private Attribution attribute(IncomingRecord incoming, List<Known> linking, Subject subject) {
        Optional<UUID> standing = incoming.stored().flatMap(StoredRecord::customer);
        Set<UUID> banned = incoming.stored().map(StoredRecord::notCustomers).orElse(Set.of());
        Known decides = null;
        IdentifierState.Holder decided = null;
        List<UUID> alsoKnown = new ArrayList<>(0);
        List<FoundCandidate.Rival> rivals = new ArrayList<>(0);
        boolean isNobodys = false;
        for (Known known : linking) {
            UUID owner = known.state.owner();
            if (owner == null) {
                isNobodys = true;
                continue;
            }
            IdentifierState.Holder holder = holder(known.state, subject);
            if (holder == null || isVetoed(holder, subject)) {
                isNobodys = true;
                rivals.add(
                        FoundCandidate.Rival.of(
                                owner,
                                holder == null ? FoundCandidate.MARGIN : FoundCandidate.CONFLICT,
                                known.value));
            } else if (!banned.contains(holder.customer())) {
                if (decides == null) {
                    decides = known;
                    decided = holder;
                } else if (decided != null) {
                    note(holder.home(), decided.home(), alsoKnown);
                }
                rivals.add(
                        FoundCandidate.Rival.of(
                                holder.customer(), FoundCandidate.CONFLICT, known.value));
            }
        }
        if (standing.isPresent()) {
            return new Attribution(
                    incoming,
                    standing.get(),
                    incoming.stored().flatMap(StoredRecord::home).orElse(standing.get()),
                    Attribution.STANDING,
                    Optional.empty(),
                    List.of(),
                    without(standing.get(), rivals));
        }
        if (decides != null && decided != null) {
            return new Attribution(
                    incoming,
                    decided.customer(),
                    decided.home(),
                    decides.value.key().kind().code(),
                    Optional.of(decides.value.key()),
                    alsoKnown,
                    without(decided.customer(), rivals));
        }
        if (isNobodys) {
            UUID created = createCustomer(incoming);
            return new Attribution(
                    incoming,
                    created,
                    created,
                    Attribution.NEW_PERSON,
                    Optional.empty(),
                    List.of(),
                    rivals);
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

    private static List<FoundCandidate.Rival> without(
            UUID customer, List<FoundCandidate.Rival> rivals) {
        return rivals.stream().filter(rival -> !rival.customer().equals(customer)).toList();
    }

    /** Who of those that have the value the record may be about; null where all are others. */
    private IdentifierState.@Nullable Holder holder(IdentifierState state, Subject subject) {
        List<IdentifierState.Holder> holders = state.holders();
        if (state.key().kind() != IdentifierKind.PHONE) {
            return holders.getFirst();
        }
        IdentifierState.Holder possible = null;
        for (IdentifierState.Holder holder : holders) {
            switch (holder.agreement(subject.named)) {
                case SAME -> {
                    return holder;
                }
                case POSSIBLE -> possible = possible == null ? holder : possible;
                case CONTRADICTION -> {}
            }
        }
        return possible;
    }

    private boolean isVetoed(IdentifierState.Holder holder, Subject subject) {
        return !subject.newAccounts.isEmpty()
                && !Collections.disjoint(
                        accounts.getOrDefault(holder.customer(), Set.of()), subject.newAccounts);
    }

    private Profile profileOf(UUID customer) {
        Profile profile = profiles.get(customer);
        if (profile == null) {
            throw new IllegalStateException("Customer " + customer + " was not read");
        }
        return profile;
    }

    /** Also a home that a merge has joined with the one that decides: the merge may be undone. */
    private static void note(@Nullable UUID home, @Nullable UUID deciding, List<UUID> alsoKnown) {
        if (home != null && !home.equals(deciding) && !alsoKnown.contains(home)) {
            alsoKnown.add(home);
        }
    }

    private UUID createCustomer(IncomingRecord incoming) {
        UUID id = TimeOrderedId.next();
        profiles.put(id, new Profile(id, incoming.record().origin().sourceType(), true));
        return id;
    }

    private void attach(IncomingRecord incoming, UUID customer, UUID home, Subject subject) {
        Profile profile = profileOf(customer);
        profile.touch();
        for (Evidence.Value value : incoming.evidence().identifiers()) {
            attach(value, incoming, profile, home, subject);
        }
        propose(profile, FieldValue.FIRST_NAME, incoming.evidence().name().given(), incoming);
        propose(profile, FieldValue.LAST_NAME, incoming.evidence().name().family(), incoming);
    }

    private void attach(
            Evidence.Value value,
            IncomingRecord incoming,
            Profile profile,
            UUID home,
            Subject subject) {
        IdentifierState state = value.identifies() ? identifiers.get(value.key()) : null;
        if (state == null || state.isGeneric()) {
            if (state == null || !state.isAtHomeWith(home)) {
                addEvidence(value, incoming, profile, home);
            }
            return;
        }
        UUID owner = state.owner();
        PersonName name = named(value, incoming);
        if (owner == null) {
            state.giveTo(
                    IdentifierState.Holder.of(profile.customer(), home, name), value.assurance());
            newIdentifiers.put(
                    value.key(),
                    new NewIdentifier(profile.customer(), home, value, incoming, false));
            if (policies.of(value.key().kind()).onePerAccount()) {
                accounts.merge(
                        profile.customer(), Set.of(account(value.key())), BatchResolver::union);
            }
            profile.addIdentifier();
        } else if (profile.customer().equals(owner) && !isAnothers(state, home, subject)) {
            state.strengthen(value.assurance(), home, name);
        } else {
            if (isAnothers(state, home, subject)) {
                state.shareWith(IdentifierState.Holder.of(profile.customer(), home, name));
                addEvidence(value, incoming, profile, home);
                profileOf(owner).share();
            }
            return;
        }
        IdentifierKind kind = value.key().kind();
        if (kind == IdentifierKind.EMAIL || kind == IdentifierKind.PHONE) {
            profile.propose(
                    fieldValue(kind.code(), value.key().value(), state.assurance(), incoming));
        }
    }

    /** Names tell apart who shares a phone; with other values they are not kept. */
    private static PersonName named(Evidence.Value value, IncomingRecord incoming) {
        return value.key().kind() == IdentifierKind.PHONE
                ? incoming.evidence().name()
                : PersonName.of(null, null);
    }

    /**
     * Whether the phone is of somebody of clearly another name, and not yet this customer's too.
     */
    private static boolean isAnothers(IdentifierState state, UUID home, Subject subject) {
        return state.key().kind() == IdentifierKind.PHONE
                && !state.isAtHomeWith(home)
                && state.holders().getFirst().agreement(subject.named)
                        == NameAgreement.CONTRADICTION;
    }

    private void addEvidence(
            Evidence.Value value, IncomingRecord incoming, Profile profile, UUID home) {
        newEvidence.putIfAbsent(
                new CustomerAndKey(profile.customer(), value.key()),
                new NewIdentifier(profile.customer(), home, value, incoming, true));
    }

    private static Set<String> union(Set<String> one, Set<String> other) {
        Set<String> both = new HashSet<>(one);
        both.addAll(other);
        return both;
    }

    private static void propose(
            Profile profile, String field, String value, IncomingRecord incoming) {
        if (!value.isEmpty()) {
            profile.propose(
                    fieldValue(field, value, incoming.evidence().nameAssurance(), incoming));
        }
    }

    private static FieldValue fieldValue(
            String field, String value, Assurance assurance, IncomingRecord incoming) {
        SourceRecord record = incoming.record();
        return new FieldValue(
                field,
                value,
                record.origin().sourceType(),
                Optional.of(new FieldValue.RecordReference(record.type().code(), incoming.id())),
                assurance,
                record.origin().updatedAt());
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

    /** Every customer of the batch, the new ones among them. */
    Iterable<Profile> profiles() {
        return profiles.values();
    }

    /** Values that were nobody's, and now have an owner. */
    Iterable<NewIdentifier> newIdentifiers() {
        return newIdentifiers.values();
    }

    /** Values that identify nobody and are kept as evidence of a customer. */
    Iterable<NewIdentifier> newEvidence() {
        return newEvidence.values();
    }

    /** Whether the queue of candidates has something to do after the batch. */
    boolean hasCandidates() {
        return !candidates.isEmpty()
                || identifiers.values().stream().anyMatch(state -> state.formerOwner() != null);
    }

    /** Pairs that may be one person, each once. */
    Iterable<FoundCandidate> candidates() {
        return candidates.values();
    }

    /** What is known of the batch's identifiers by now. */
    Iterable<IdentifierState> identifiers() {
        return identifiers.values();
    }

    /** What is known of an identifier by now; null for one that the batch does not name. */
    @Nullable IdentifierState identifier(IdentifierKey key) {
        return identifiers.get(key);
    }
}
