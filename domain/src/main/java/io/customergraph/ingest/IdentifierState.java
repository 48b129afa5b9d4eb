package io.customergraph.ingest;

import io.customergraph.customer.Assurance;
import io.customergraph.customer.IdentifierKey;
import io.customergraph.customer.IdentifierPolicy;

import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/**
 * One living value of identity while a batch is being resolved: who owns it, who was seen with it,
 * and whether it has turned generic.
 */
final class IdentifierState {

    private final IdentifierKey key;
    private final Map<String, Long> peopleSeen;
    private final boolean isStored;
    private @Nullable UUID owner;
    private @Nullable UUID home;
    private @Nullable Assurance assurance;
    private boolean isGeneric;
    private boolean isChanged;

    private IdentifierState(
            IdentifierKey key,
            boolean isStored,
            @Nullable UUID owner,
            @Nullable UUID home,
            @Nullable Assurance assurance,
            boolean isGeneric,
            Map<String, Long> peopleSeen) {
        this.key = key;
        this.isStored = isStored;
        this.owner = owner;
        this.home = home;
        this.assurance = assurance;
        this.isGeneric = isGeneric;
        this.peopleSeen = new HashMap<>(peopleSeen);
    }

    static IdentifierState unknown(IdentifierKey key) {
        return new IdentifierState(key, false, null, null, null, false, Map.of());
    }

    static IdentifierState stored(
            IdentifierKey key,
            UUID owner,
            UUID home,
            Assurance assurance,
            boolean isGeneric,
            Map<String, Long> peopleSeen) {
        return new IdentifierState(
                key,
                true,
                isGeneric ? null : owner,
                isGeneric ? null : home,
                assurance,
                isGeneric,
                peopleSeen);
    }

    IdentifierKey key() {
        return key;
    }

    /** The customer that the value identifies; null while it is nobody's, and when generic. */
    @Nullable UUID owner() {
        return isGeneric ? null : owner;
    }

    /** The customer that the value came to, before any merge; null where it has no owner. */
    @Nullable UUID home() {
        return isGeneric ? null : home;
    }

    boolean isGeneric() {
        return isGeneric;
    }

    /** Whether the living row of the value, generic or not, is the customer's. */
    boolean isHeldBy(UUID customer) {
        return customer.equals(owner);
    }

    /** The customer that a value identified until this batch turned it generic; else null. */
    @Nullable UUID formerOwner() {
        return isGeneric && isChanged ? owner : null;
    }

    /** Whether the row that is stored needs an update. */
    boolean isChanged() {
        return isStored && isChanged;
    }

    Assurance assurance() {
        return assurance == null ? Assurance.CLAIMED : assurance;
    }

    Map<String, Long> peopleSeen() {
        return peopleSeen;
    }

    void giveTo(UUID customer, UUID atHome, Assurance by) {
        owner = customer;
        home = atHome;
        assurance = by;
    }

    /** The value came again, perhaps more surely. */
    void strengthen(Assurance by) {
        if (by.compareTo(assurance()) > 0) {
            assurance = by;
            isChanged = true;
        }
    }

    /**
     * Notes a person seen with the value and turns it generic past the policy's limit.
     *
     * @param person a key of the person's name; empty where the record names nobody
     * @param atEpochSecond when, by the source's clock
     */
    void see(String person, long atEpochSecond, IdentifierPolicy policy) {
        if (person.isEmpty() || isGeneric || peopleSeen.containsKey(person)) {
            return;
        }
        long oldest = atEpochSecond - policy.window().toSeconds();
        peopleSeen.values().removeIf(seen -> seen < oldest);
        peopleSeen.put(person, atEpochSecond);
        isChanged = true;
        if (peopleSeen.size() > policy.maxPeople()) {
            isGeneric = true;
        }
    }
}
