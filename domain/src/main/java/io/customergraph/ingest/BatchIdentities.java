package io.customergraph.ingest;

import io.customergraph.customer.Assurance;
import io.customergraph.customer.FieldValue;
import io.customergraph.customer.IdentifierKey;
import io.customergraph.customer.IdentifierKind;
import io.customergraph.customer.IdentifierPolicies;
import io.customergraph.id.TimeOrderedId;
import io.customergraph.matching.normalize.PersonName;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Who is known by what while a batch is being resolved: as it was read, and as the records of the
 * batch change it one after the other. What is to be written is asked of it at the end.
 */
final class BatchIdentities {

    private final IdentifierPolicies policies;
    private final Map<IdentifierKey, IdentifierState> identifiers;
    private final Map<UUID, Profile> profiles;
    private final Map<UUID, Set<String>> accounts;
    private final KnownMailboxes mailboxes;
    private final Map<IdentifierKey, NewIdentifier> owned = new LinkedHashMap<>();
    private final Map<CustomerAndKey, NewIdentifier> evidence = new LinkedHashMap<>();
    private final List<NewIdentifier> shortLived = new ArrayList<>(0);
    private final List<Ending> endings = new ArrayList<>(0);

    /**
     * Of one batch.
     *
     * @param known what is stored of the batch's identifiers
     * @param profiles of every customer that those identifiers, or the stored records, know
     */
    BatchIdentities(
            IdentifierPolicies policies,
            KnownIdentifiers.Found known,
            Map<UUID, Profile> profiles) {
        this.policies = policies;
        this.identifiers = new HashMap<>(known.states());
        this.accounts = new HashMap<>(known.accounts());
        this.mailboxes = known.mailboxes();
        this.profiles = new LinkedHashMap<>(profiles);
    }

    /**
     * An identifier that a customer gains by a record.
     *
     * @param validTo when a later record of the batch ended it; null while it lives
     */
    record NewIdentifier(
            UUID customer,
            UUID home,
            Evidence.Value value,
            Source by,
            boolean isGeneric,
            @Nullable Instant validTo) {

        private NewIdentifier until(Instant end) {
            return new NewIdentifier(customer, home, value, by, isGeneric, end);
        }
    }

    /**
     * Who said that somebody has a value.
     *
     * @param record that said so; empty where it was an event
     * @param at by the source's clock
     */
    record Source(
            String sourceType,
            Optional<FieldValue.RecordReference> record,
            Instant at,
            PersonName name) {

        private static Source of(IncomingRecord incoming) {
            Origin origin = incoming.record().origin();
            return new Source(
                    origin.sourceType(),
                    Optional.of(
                            new FieldValue.RecordReference(
                                    incoming.record().type().code(), incoming.id())),
                    origin.updatedAt(),
                    incoming.evidence().name());
        }

        private FieldValue says(String field, String value, Assurance assurance) {
            return new FieldValue(field, value, sourceType, record, assurance, at);
        }
    }

    /**
     * A value that is somebody's no more.
     *
     * @param home of the one who had it; null for everybody, also those that were not read
     */
    record Ending(IdentifierKey key, @Nullable UUID home, Instant at) {}

    private record CustomerAndKey(UUID customer, IdentifierKey key) {}

    /** What is known of a value by now. */
    IdentifierState of(IdentifierKey key) {
        return identifiers.computeIfAbsent(key, IdentifierState::unknown);
    }

    /** The owners of other ways to write the mailbox of an e-mail; none for other values. */
    List<UUID> ownersOfOthers(Evidence.Value value) {
        return mailboxes.ownersOfOthers(value);
    }

    /** Where one person has one id, as kind and scope; of ids that are nobody's yet. */
    Set<String> newAccounts(Collection<IdentifierKey> keys) {
        Set<String> found = new HashSet<>(1);
        for (IdentifierKey key : keys) {
            if (of(key).owner() == null && policies.of(key.kind()).onePerAccount()) {
                found.add(account(key));
            }
        }
        return found;
    }

    /** Where a customer has an id of which one person has one. */
    Set<String> accounts(UUID customer) {
        return accounts.getOrDefault(customer, Set.of());
    }

    private static String account(IdentifierKey key) {
        return key.kind().code() + ' ' + key.scope();
    }

    /** Adds a customer that a record is the first of. */
    UUID createCustomer(IncomingRecord incoming) {
        UUID id = TimeOrderedId.next();
        profiles.put(id, new Profile(id, incoming.record().origin().sourceType(), true));
        return id;
    }

    /** Nobody who had the value has it from then on. */
    void end(IdentifierKey key, Instant at) {
        of(key).holders().forEach(holder -> lose(key, holder, at));
        of(key).end();
        endings.add(new Ending(key, null, at));
    }

    /** One of those who have a value has it no more; the others go on having it. */
    void leave(IdentifierKey key, IdentifierState.Holder holder, Instant at) {
        lose(key, holder, at);
        endings.add(new Ending(key, holder.home(), at));
        of(key).leave(holder);
        UUID heir = of(key).owner();
        if (heir != null) {
            profileOf(heir).outdate();
        }
    }

    private void lose(IdentifierKey key, IdentifierState.Holder holder, Instant at) {
        Profile profile = profileOf(holder.customer());
        profile.lose(key.kind().code(), key.value());
        profile.share();
        profile.touch();
        NewIdentifier ofBatch = owned.get(key);
        if (ofBatch != null && ofBatch.home.equals(holder.home())) {
            owned.remove(key);
            shortLived.add(ofBatch.until(at));
        }
        evidence.remove(new CustomerAndKey(holder.customer(), key));
    }

    /**
     * Gives a value to somebody who is known, because a source says so. One that is nobody's is the
     * person's own then; one that identifies nobody is evidence.
     */
    void give(Evidence.Value value, IdentifierState.Holder person, Source source) {
        Profile profile = profileOf(person.customer());
        profile.touch();
        if (!value.identifies() || of(value.key()).isGeneric()) {
            addEvidence(value, source, profile, person.home());
            return;
        }
        boolean isToldByName = value.key().kind() == IdentifierKind.PHONE;
        own(
                value,
                source,
                profile,
                new IdentifierState.Holder(
                                person.customer(),
                                person.home(),
                                isToldByName ? person.names() : List.of(),
                                source.at)
                        .and(named(value, source)));
        proposeContact(value, source, profile, value.assurance());
    }

    /** Gives a customer what a record says: its values, and its person's names. */
    void attach(IncomingRecord incoming, UUID customer, UUID home, NameAgreement.Named named) {
        Profile profile = profileOf(customer);
        profile.touch();
        Source source = Source.of(incoming);
        for (Evidence.Value value : incoming.evidence().identifiers()) {
            attach(value, source, profile, home, named);
        }
        Assurance assurance = incoming.evidence().nameAssurance();
        propose(profile, FieldValue.FIRST_NAME, source.name.given(), source, assurance);
        propose(profile, FieldValue.LAST_NAME, source.name.family(), source, assurance);
    }

    private void attach(
            Evidence.Value value,
            Source source,
            Profile profile,
            UUID home,
            NameAgreement.Named named) {
        IdentifierState state = value.identifies() ? identifiers.get(value.key()) : null;
        if (state == null || state.isGeneric()) {
            if (state == null || !state.isAtHomeWith(home)) {
                addEvidence(value, source, profile, home);
            }
            return;
        }
        UUID owner = state.owner();
        PersonName name = named(value, source);
        boolean isAnothers = isAnothers(state, home, named);
        if (owner == null) {
            own(
                    value,
                    source,
                    profile,
                    IdentifierState.Holder.of(profile.customer(), home, name, source.at));
        } else if (profile.customer().equals(owner) && !isAnothers) {
            state.strengthen(value.assurance(), home, name);
        } else {
            if (isAnothers) {
                state.shareWith(
                        IdentifierState.Holder.of(profile.customer(), home, name, source.at));
                addEvidence(value, source, profile, home);
                profileOf(owner).share();
            }
            return;
        }
        proposeContact(value, source, profile, state.assurance());
    }

    private static void proposeContact(
            Evidence.Value value, Source source, Profile profile, Assurance assurance) {
        IdentifierKind kind = value.key().kind();
        if (kind == IdentifierKind.EMAIL || kind == IdentifierKind.PHONE) {
            profile.propose(source.says(kind.code(), value.key().value(), assurance));
        }
    }

    private void own(
            Evidence.Value value, Source source, Profile profile, IdentifierState.Holder holder) {
        IdentifierKey key = value.key();
        of(key).giveTo(holder, value.assurance());
        owned.put(
                key,
                new NewIdentifier(holder.customer(), holder.home(), value, source, false, null));
        if (key.kind() == IdentifierKind.EMAIL) {
            mailboxes.add(value.canonical(), holder.customer(), key.value());
        }
        if (policies.of(key.kind()).onePerAccount()) {
            Set<String> all = new HashSet<>(accounts(holder.customer()));
            all.add(account(key));
            accounts.put(holder.customer(), all);
        }
        profile.addIdentifier();
    }

    /** Names tell apart who shares a phone; with other values they are not kept. */
    private static PersonName named(Evidence.Value value, Source source) {
        return value.key().kind() == IdentifierKind.PHONE ? source.name : PersonName.of(null, null);
    }

    /**
     * Whether the phone is of somebody of clearly another name, and not yet this customer's too.
     */
    private static boolean isAnothers(IdentifierState state, UUID home, NameAgreement.Named named) {
        return state.key().kind() == IdentifierKind.PHONE
                && state.owner() != null
                && !state.isAtHomeWith(home)
                && state.holders().getFirst().agreement(named) == NameAgreement.CONTRADICTION;
    }

    private void addEvidence(Evidence.Value value, Source source, Profile profile, UUID home) {
        evidence.putIfAbsent(
                new CustomerAndKey(profile.customer(), value.key()),
                new NewIdentifier(profile.customer(), home, value, source, true, null));
    }

    private static void propose(
            Profile profile, String field, String value, Source source, Assurance assurance) {
        if (!value.isEmpty()) {
            profile.propose(source.says(field, value, assurance));
        }
        source.record.ifPresent(record -> profile.restate(field, record, value));
    }

    private Profile profileOf(UUID customer) {
        Profile profile = profiles.get(customer);
        if (profile == null) {
            throw new IllegalStateException("Customer " + customer + " was not read");
        }
        return profile;
    }

    /** Every customer of the batch, the new ones among them. */
    Collection<Profile> profiles() {
        return profiles.values();
    }

    /** Values that were nobody's, and now have an owner. */
    Collection<NewIdentifier> owned() {
        return owned.values();
    }

    /** Values that are a customer's and identify nobody: evidence, and what has ended already. */
    List<NewIdentifier> others() {
        List<NewIdentifier> others = new ArrayList<>(evidence.values());
        others.addAll(shortLived);
        return others;
    }

    /** Values that somebody has no more. */
    List<Ending> endings() {
        return endings;
    }

    /** Whether a value identified somebody until this batch, and identifies nobody now. */
    boolean hasTurnedGeneric() {
        return identifiers.values().stream().anyMatch(state -> state.formerOwner() != null);
    }

    /** What is known of the batch's identifiers by now. */
    Collection<IdentifierState> identifiers() {
        return identifiers.values();
    }
}
