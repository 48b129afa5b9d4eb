package io.customergraph.ingest;

import io.customergraph.customer.Assurance;
import io.customergraph.customer.FieldValue;
import io.customergraph.customer.IdentifierKey;
import io.customergraph.customer.IdentifierKind;
import io.customergraph.customer.IdentifierPolicies;
import io.customergraph.id.TimeOrderedId;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
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
 * is of a new person. Other customers that its identifiers know are noted and never merged here, so
 * a claimed value may attach a record and cannot join two people.
 */
final class BatchResolver {

    private final IdentifierPolicies policies;
    private final Map<IdentifierKey, IdentifierState> identifiers;
    private final Map<UUID, Profile> profiles;
    private final Map<IdentifierKey, NewIdentifier> newIdentifiers = new LinkedHashMap<>();
    private final Map<CustomerAndKey, NewIdentifier> newEvidence = new LinkedHashMap<>();

    /**
     * A resolver of one batch.
     *
     * @param identifiers what is stored of the batch's identifiers
     * @param profiles of every customer that those identifiers, or the stored records, know
     */
    BatchResolver(
            IdentifierPolicies policies,
            Map<IdentifierKey, IdentifierState> identifiers,
            Map<UUID, Profile> profiles) {
        this.policies = policies;
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
        List<IdentifierState> linking = new ArrayList<>(evidence.identifiers().size());
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
                    linking.add(state);
                }
            }
        }
        Attribution attribution = attribute(incoming, linking);
        if (attribution.customer() != null && attribution.home() != null) {
            attach(incoming, attribution.customer(), attribution.home());
        }
        return attribution;
    }

    private Attribution attribute(IncomingRecord incoming, List<IdentifierState> linking) {
        Optional<UUID> standing = incoming.stored().flatMap(StoredRecord::customer);
        if (standing.isPresent()) {
            return new Attribution(
                    incoming,
                    standing.get(),
                    incoming.stored().flatMap(StoredRecord::home).orElse(standing.get()),
                    Attribution.STANDING,
                    Optional.empty(),
                    List.of());
        }
        Set<UUID> banned = incoming.stored().map(StoredRecord::notCustomers).orElse(Set.of());
        IdentifierState decides = null;
        List<UUID> alsoKnown = new ArrayList<>(0);
        boolean isNobodys = false;
        for (IdentifierState state : linking) {
            UUID owner = state.owner();
            if (owner == null) {
                isNobodys = true;
            } else if (!banned.contains(owner)) {
                if (decides == null) {
                    decides = state;
                } else {
                    note(state.home(), decides.home(), alsoKnown);
                }
            }
        }
        if (decides != null) {
            return new Attribution(
                    incoming,
                    decides.owner(),
                    decides.home(),
                    decides.key().kind().code(),
                    Optional.of(decides.key()),
                    alsoKnown);
        }
        if (isNobodys) {
            UUID created = createCustomer(incoming);
            return new Attribution(
                    incoming,
                    created,
                    created,
                    Attribution.NEW_PERSON,
                    Optional.empty(),
                    List.of());
        }
        return new Attribution(
                incoming, null, null, Attribution.NO_IDENTITY, Optional.empty(), List.of());
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

    private void attach(IncomingRecord incoming, UUID customer, UUID home) {
        Profile profile = profiles.get(customer);
        if (profile == null) {
            throw new IllegalStateException("Customer " + customer + " was not read");
        }
        profile.touch();
        for (Evidence.Value value : incoming.evidence().identifiers()) {
            attach(value, incoming, profile, home);
        }
        propose(profile, FieldValue.FIRST_NAME, incoming.evidence().name().given(), incoming);
        propose(profile, FieldValue.LAST_NAME, incoming.evidence().name().family(), incoming);
    }

    private void attach(Evidence.Value value, IncomingRecord incoming, Profile profile, UUID home) {
        IdentifierState state = value.identifies() ? identifiers.get(value.key()) : null;
        if (state == null || state.isGeneric()) {
            if (state == null || !state.isHeldBy(profile.customer())) {
                newEvidence.putIfAbsent(
                        new CustomerAndKey(profile.customer(), value.key()),
                        new NewIdentifier(profile.customer(), home, value, incoming, true));
            }
            return;
        }
        if (state.owner() == null) {
            state.giveTo(profile.customer(), home, value.assurance());
            newIdentifiers.put(
                    value.key(),
                    new NewIdentifier(profile.customer(), home, value, incoming, false));
            profile.addIdentifier();
        } else if (profile.customer().equals(state.owner())) {
            state.strengthen(value.assurance());
        } else {
            return;
        }
        IdentifierKind kind = value.key().kind();
        if (kind == IdentifierKind.EMAIL || kind == IdentifierKind.PHONE) {
            profile.propose(
                    fieldValue(kind.code(), value.key().value(), state.assurance(), incoming));
        }
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

    /** What is known of the batch's identifiers by now. */
    Iterable<IdentifierState> identifiers() {
        return identifiers.values();
    }

    /** What is known of an identifier by now; null for one that the batch does not name. */
    @Nullable IdentifierState identifier(IdentifierKey key) {
        return identifiers.get(key);
    }
}
