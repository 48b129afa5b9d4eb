package io.customergraph.ingest;

import io.customergraph.customer.IdentifierKey;
import io.customergraph.matching.normalize.PersonName;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/**
 * Applies identity events one after the other to what a batch knows. Pure. A value that somebody
 * else still has when it begins is looked at again at the end: two may swap theirs.
 */
final class EventBatch {

    private final BatchIdentities identities;
    private final FoundCandidates found = new FoundCandidates();
    private final List<Beginning> deferred = new ArrayList<>(0);

    EventBatch(BatchIdentities identities) {
        this.identities = identities;
    }

    /**
     * An event in normal form.
     *
     * @param ends the value that ends; null where it is none
     * @param begins the value that the person has from then on; null for none
     * @param isReadable whether every value of the event is one
     */
    record Change(
            IdentityEvent event,
            Evidence.@Nullable Value ends,
            Evidence.@Nullable Value begins,
            boolean isReadable) {}

    private record Beginning(
            Evidence.Value value, IdentifierState.Holder person, BatchIdentities.Source source) {}

    IdentityEvent.Outcome apply(Change change) {
        if (!change.isReadable) {
            return IdentityEvent.Outcome.UNREADABLE;
        }
        Evidence.Value ends = Objects.requireNonNull(change.ends);
        return switch (change.event) {
            case IdentityEvent.Replaced replaced ->
                    replace(replaced, ends, Objects.requireNonNull(change.begins));
            case IdentityEvent.Ended ended -> end(ended, ends);
            case IdentityEvent.Merged merged ->
                    merge(merged, ends, Objects.requireNonNull(change.begins));
        };
    }

    /** The pairs that the events found, after the last of them. */
    FoundCandidates end() {
        for (Beginning beginning : deferred) {
            UUID owner = identities.of(beginning.value.key()).owner();
            UUID person = beginning.person.customer();
            if (owner == null) {
                identities.give(beginning.value, beginning.person, beginning.source);
            } else if (!owner.equals(person)) {
                found.add(person, List.of(said(owner, beginning.value)));
            }
        }
        return found;
    }

    private IdentityEvent.Outcome end(IdentityEvent.Ended event, Evidence.Value value) {
        IdentifierState state = identities.of(value.key());
        if (state.holders().isEmpty() && !state.isGeneric()) {
            return IdentityEvent.Outcome.NOBODY_KNOWN;
        }
        if (state.holders().stream().anyMatch(holder -> holder.since().isAfter(event.at()))) {
            return IdentityEvent.Outcome.NOTHING_NEW;
        }
        identities.end(value.key(), event.at());
        return IdentityEvent.Outcome.APPLIED;
    }

    private IdentityEvent.Outcome replace(
            IdentityEvent.Replaced event, Evidence.Value before, Evidence.Value after) {
        if (before.key().equals(after.key())) {
            return IdentityEvent.Outcome.NOTHING_NEW;
        }
        PersonName name = PersonName.ofFull(event.name());
        NameAgreement.Named named = NameAgreement.Named.of(name);
        IdentifierState.Holder person = identities.of(before.key()).holder(named);
        if (person == null) {
            return IdentityEvent.Outcome.NOBODY_KNOWN;
        }
        if (person.since().isAfter(event.at())) {
            return IdentityEvent.Outcome.NOTHING_NEW;
        }
        if (identities.of(before.key()).holders().size() > 1
                && person.agreement(named) != NameAgreement.SAME) {
            return IdentityEvent.Outcome.AMBIGUOUS;
        }
        identities.leave(before.key(), person, event.at());
        begin(after, person, source(event, name));
        return IdentityEvent.Outcome.APPLIED;
    }

    private IdentityEvent.Outcome merge(
            IdentityEvent.Merged event, Evidence.Value absorbed, Evidence.Value kept) {
        BatchIdentities.Source source = source(event, PersonName.of(null, null));
        IdentifierState.Holder one = first(kept.key());
        IdentifierState.Holder other = first(absorbed.key());
        if (one == null && other == null) {
            return IdentityEvent.Outcome.NOBODY_KNOWN;
        }
        if (one == null) {
            begin(kept, Objects.requireNonNull(other), source);
            return IdentityEvent.Outcome.APPLIED;
        }
        if (other != null && other.customer().equals(one.customer())) {
            return IdentityEvent.Outcome.NOTHING_NEW;
        }
        if (other != null) {
            identities.leave(absorbed.key(), other, event.at());
            found.add(other.customer(), List.of(said(one.customer(), absorbed)));
        }
        begin(absorbed, one, source);
        return IdentityEvent.Outcome.APPLIED;
    }

    private static BatchIdentities.Source source(IdentityEvent event, PersonName name) {
        return new BatchIdentities.Source(event.sourceType(), Optional.empty(), event.at(), name);
    }

    private IdentifierState.@Nullable Holder first(IdentifierKey key) {
        List<IdentifierState.Holder> holders = identities.of(key).holders();
        return holders.isEmpty() ? null : holders.getFirst();
    }

    /** Somebody has a value from then on; whoever has it at the end too may be the same person. */
    private void begin(
            Evidence.Value value, IdentifierState.Holder person, BatchIdentities.Source source) {
        UUID owner = value.identifies() ? identities.of(value.key()).owner() : null;
        if (owner == null) {
            identities.give(value, person, source);
        } else if (!owner.equals(person.customer())) {
            deferred.add(new Beginning(value, person, source));
        }
    }

    private static FoundCandidate.Rival said(UUID other, Evidence.Value value) {
        return FoundCandidate.Rival.of(other, FoundCandidate.Reason.SOURCE_MERGE, value);
    }
}
