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
    private final Map<IdentifierKey, Ending> endings = new LinkedHashMap<>();

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
            IncomingRecord by,
            boolean isGeneric,
            @Nullable Instant validTo) {

        private NewIdentifier until(Instant end) {
            return new NewIdentifier(customer, home, value, by, isGeneric, end);
        }
    }

    /** A value that whoever had it has no more. */
    record Ending(IdentifierKey key, Instant at) {}

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
        IdentifierState state = of(key);
        for (IdentifierState.Holder holder : state.holders()) {
            Profile profile = profileOf(holder.customer());
            profile.lose(key.kind().code(), key.value());
            profile.share();
            profile.touch();
        }
        state.end();
        NewIdentifier ofBatch = owned.remove(key);
        if (ofBatch != null) {
            shortLived.add(ofBatch.until(at));
        }
        evidence.keySet().removeIf(of -> of.key.equals(key));
        endings.put(key, new Ending(key, at));
    }

    /** Gives a customer what a record says: its values, and its person's names. */
    void attach(IncomingRecord incoming, UUID customer, UUID home, NameAgreement.Named named) {
        Profile profile = profileOf(customer);
        profile.touch();
        for (Evidence.Value value : incoming.evidence().identifiers()) {
            attach(value, incoming, profile, home, named);
        }
        propose(profile, FieldValue.FIRST_NAME, incoming.evidence().name().given(), incoming);
        propose(profile, FieldValue.LAST_NAME, incoming.evidence().name().family(), incoming);
    }

    private void attach(
            Evidence.Value value,
            IncomingRecord incoming,
            Profile profile,
            UUID home,
            NameAgreement.Named named) {
        IdentifierState state = value.identifies() ? identifiers.get(value.key()) : null;
        if (state == null || state.isGeneric()) {
            if (state == null || !state.isAtHomeWith(home)) {
                addEvidence(value, incoming, profile, home);
            }
            return;
        }
        UUID owner = state.owner();
        PersonName name = named(value, incoming);
        boolean isAnothers = isAnothers(state, home, named);
        if (owner == null) {
            own(
                    value,
                    incoming,
                    profile,
                    IdentifierState.Holder.of(profile.customer(), home, name));
        } else if (profile.customer().equals(owner) && !isAnothers) {
            state.strengthen(value.assurance(), home, name);
        } else {
            if (isAnothers) {
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

    private void own(
            Evidence.Value value,
            IncomingRecord incoming,
            Profile profile,
            IdentifierState.Holder holder) {
        IdentifierKey key = value.key();
        of(key).giveTo(holder, value.assurance());
        owned.put(
                key,
                new NewIdentifier(holder.customer(), holder.home(), value, incoming, false, null));
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
    private static PersonName named(Evidence.Value value, IncomingRecord incoming) {
        return value.key().kind() == IdentifierKind.PHONE
                ? incoming.evidence().name()
                : PersonName.of(null, null);
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

    private void addEvidence(
            Evidence.Value value, IncomingRecord incoming, Profile profile, UUID home) {
        evidence.putIfAbsent(
                new CustomerAndKey(profile.customer(), value.key()),
                new NewIdentifier(profile.customer(), home, value, incoming, true, null));
    }

    private static void propose(
            Profile profile, String field, String value, IncomingRecord incoming) {
        if (!value.isEmpty()) {
            profile.propose(
                    fieldValue(field, value, incoming.evidence().nameAssurance(), incoming));
        }
        profile.restate(field, reference(incoming), value);
    }

    private static FieldValue fieldValue(
            String field, String value, Assurance assurance, IncomingRecord incoming) {
        Origin origin = incoming.record().origin();
        return new FieldValue(
                field,
                value,
                origin.sourceType(),
                Optional.of(reference(incoming)),
                assurance,
                origin.updatedAt());
    }

    private static FieldValue.RecordReference reference(IncomingRecord incoming) {
        return new FieldValue.RecordReference(incoming.record().type().code(), incoming.id());
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

    /** Values that whoever had them has no more. */
    Collection<Ending> endings() {
        return endings.values();
    }

    /** What is known of the batch's identifiers by now. */
    Collection<IdentifierState> identifiers() {
        return identifiers.values();
    }
}
