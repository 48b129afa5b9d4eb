package io.customergraph.ingest;

import io.customergraph.customer.Assurance;
import io.customergraph.customer.IdentifierKey;
import io.customergraph.customer.IdentifierPolicy;
import io.customergraph.matching.normalize.PersonName;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * One living value of identity while a batch is being resolved: who owns it, who shares it under
 * another name, who was seen with it, and whether it has turned generic.
 */
final class IdentifierState {

    /** Whoever has a value is noted to be seen with it again after this many seconds. */
    private static final long SEEN_AGAIN = 30 * 24 * 3600L;

    /** The key of a record that names nobody. */
    static final String NOBODY = "";

    /** Of more names that one customer goes by the first ones do. */
    private static final int MAX_NAMES = 5;

    private final IdentifierKey key;
    private final Map<String, Long> peopleSeen;
    private final boolean isStored;
    private final List<Holder> sharers = new ArrayList<>(0);
    private @Nullable Holder owner;
    private @Nullable Assurance assurance;
    private boolean isGeneric;
    private boolean isChanged;
    private final List<Holder> ended = new ArrayList<>(0);
    private final Set<String> peopleForgotten = new HashSet<>(0);

    private IdentifierState(
            IdentifierKey key,
            boolean isStored,
            @Nullable Holder owner,
            @Nullable Assurance assurance,
            boolean isGeneric,
            Map<String, Long> peopleSeen) {
        this.key = key;
        this.isStored = isStored;
        this.owner = owner;
        this.assurance = assurance;
        this.isGeneric = isGeneric;
        this.peopleSeen = new HashMap<>(peopleSeen);
    }

    /**
     * A customer who has the value.
     *
     * @param home whose it is before any merge
     * @param names given and family, that came with the value
     * @param since when the customer was first seen with the value, by the source's clock
     */
    record Holder(UUID customer, UUID home, List<List<String>> names, Instant since) {

        Holder {
            names = List.copyOf(names);
        }

        static Holder of(UUID customer, UUID home, PersonName name, Instant since) {
            return new Holder(customer, home, List.of(), since).and(name);
        }

        /** Whether a person of the name may be meant; the best that any of the names says. */
        NameAgreement agreement(NameAgreement.Named named) {
            NameAgreement best =
                    names.isEmpty() ? NameAgreement.POSSIBLE : NameAgreement.CONTRADICTION;
            for (List<String> name : names) {
                NameAgreement said =
                        NameAgreement.of(
                                named, NameAgreement.Named.of(name.getFirst(), name.getLast()));
                if (said.compareTo(best) < 0) {
                    best = said;
                }
            }
            return best;
        }

        Holder and(PersonName name) {
            List<String> parts = List.of(name.given(), name.family());
            if (name.isEmpty() || names.size() >= MAX_NAMES || names.contains(parts)) {
                return this;
            }
            List<List<String>> more = new ArrayList<>(names);
            more.add(parts);
            return new Holder(customer, home, more, since);
        }
    }

    static IdentifierState unknown(IdentifierKey key) {
        return new IdentifierState(key, false, null, null, false, Map.of());
    }

    static IdentifierState stored(
            IdentifierKey key, Holder owner, Assurance assurance, Map<String, Long> peopleSeen) {
        return new IdentifierState(key, true, owner, assurance, false, peopleSeen);
    }

    /** A value that several have and nobody owns. */
    static IdentifierState generic(IdentifierKey key) {
        return new IdentifierState(key, true, null, null, true, Map.of());
    }

    IdentifierKey key() {
        return key;
    }

    /** The customer that the value identifies; null while it is nobody's, and when generic. */
    @Nullable UUID owner() {
        return isGeneric || owner == null ? null : owner.customer;
    }

    boolean isGeneric() {
        return isGeneric;
    }

    /** Whether a living row of the value, generic or not, is at home with the customer. */
    boolean isAtHomeWith(UUID home) {
        return (owner != null && owner.home.equals(home))
                || sharers.stream().anyMatch(sharer -> sharer.home.equals(home));
    }

    /** The owner, and then those who share the value under another name; empty when generic. */
    List<Holder> holders() {
        if (isGeneric || owner == null) {
            return List.of();
        }
        List<Holder> holders = new ArrayList<>(sharers.size() + 1);
        holders.add(owner);
        holders.addAll(sharers);
        return holders;
    }

    /** Who of those that have the value may be meant by a name; null where all are others. */
    @Nullable Holder holder(NameAgreement.Named named) {
        Holder possible = null;
        for (Holder holder : holders()) {
            switch (holder.agreement(named)) {
                case SAME -> {
                    return holder;
                }
                case POSSIBLE -> possible = possible == null ? holder : possible;
                case CONTRADICTION -> {}
            }
        }
        return possible;
    }

    /** Somebody else has the value too, who is told from the owner by the name. */
    void shareWith(Holder sharer) {
        sharers.add(sharer);
    }

    /**
     * Whether nobody was seen with the value for so long that somebody else may have it by now.
     *
     * @param atEpochSecond when somebody was, by the source's clock
     */
    boolean isAbandoned(long atEpochSecond, IdentifierPolicy policy) {
        return !policy.recycledAfter().isZero()
                && !peopleSeen.isEmpty()
                && Collections.max(peopleSeen.values())
                        < atEpochSecond - policy.recycledAfter().toSeconds();
    }

    /** Nobody has the value any more, and those who had it do not come back. */
    void end() {
        ended.addAll(holders());
        owner = null;
        assurance = null;
        sharers.clear();
        peopleForgotten.addAll(peopleSeen.keySet());
        peopleSeen.clear();
    }

    /** One of those who have the value has it no more; where it was the owner, the next one is. */
    void leave(Holder holder) {
        ended.add(holder);
        if (holder.equals(owner)) {
            owner = sharers.isEmpty() ? null : sharers.removeFirst();
        } else {
            sharers.remove(holder);
        }
    }

    /** Who had the value until this batch. */
    List<Holder> ended() {
        return ended;
    }

    /** The customer that a value identified until this batch turned it generic; else null. */
    @Nullable UUID formerOwner() {
        return isGeneric && isChanged && owner != null ? owner.customer : null;
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

    /** Who counts no more. */
    Set<String> peopleForgotten() {
        return peopleForgotten;
    }

    /** Names, given and family, that came to the owner with the value. */
    List<List<String>> namesOfOwner() {
        return owner == null ? List.of() : owner.names;
    }

    void giveTo(Holder holder, Assurance by) {
        owner = holder;
        assurance = by;
    }

    /** The value came to its owner again, perhaps more surely, perhaps with another name. */
    void strengthen(Assurance by, UUID home, PersonName name) {
        if (by.compareTo(assurance()) > 0) {
            assurance = by;
            isChanged = true;
        }
        if (owner != null && owner.home.equals(home)) {
            Holder named = owner.and(name);
            isChanged |= !named.equals(owner);
            owner = named;
        }
    }

    /**
     * Notes a person seen with the value and turns it generic past the policy's limit. Who came
     * before the window that ends with the latest is not counted, in whatever order they come.
     *
     * @param person a key of the person's name; {@link #NOBODY} where the record names nobody,
     *     which tells that the value is in use and counts as no person
     * @param atEpochSecond when, by the source's clock
     */
    void see(String person, long atEpochSecond, IdentifierPolicy policy) {
        if (isGeneric
                || peopleSeen.getOrDefault(person, Long.MIN_VALUE / 2)
                        > atEpochSecond - SEEN_AGAIN) {
            return;
        }
        long newest =
                peopleSeen.isEmpty()
                        ? atEpochSecond
                        : Math.max(atEpochSecond, Collections.max(peopleSeen.values()));
        long oldest = newest - policy.window().toSeconds();
        if (atEpochSecond < oldest) {
            return;
        }
        forgetBefore(oldest);
        peopleSeen.put(person, atEpochSecond);
        peopleForgotten.remove(person);
        isChanged = true;
        if (peopleSeen.size() - (peopleSeen.containsKey(NOBODY) ? 1 : 0) > policy.maxPeople()) {
            isGeneric = true;
        }
    }

    private void forgetBefore(long oldest) {
        peopleSeen
                .entrySet()
                .removeIf(seen -> seen.getValue() < oldest && peopleForgotten.add(seen.getKey()));
    }
}
