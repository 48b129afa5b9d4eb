package io.customergraph.push;

import io.customergraph.ingest.Resolution;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.UUID;

/**
 * What became of one pushed record.
 *
 * @param index its place among those that came with it
 * @param customer whose it is; null where that cannot be told, and where it was rejected
 */
public record PushResult(
        int index, @Nullable String id, Status status, @Nullable UUID customer, List<Flaw> flaws) {

    public PushResult {
        flaws = List.copyOf(flaws);
    }

    /** What became of it. */
    public enum Status {
        /** Stored, and the first record of a new customer. */
        CREATED,
        /** Stored, and linked to a customer who was known. */
        LINKED,
        /** Stored, and about nobody that can be told. */
        UNATTRIBUTED,
        /** About somebody who was erased: at most stored without the person. */
        ERASED,
        /** This version, or a later one, is stored already. */
        UNCHANGED,
        /** Not stored. */
        REJECTED
    }

    public boolean isAccepted() {
        return status != Status.REJECTED;
    }

    /**
     * The results of records.
     *
     * @param pushed all that came
     * @param resolutions of those among them that were fit to be stored, in their order
     */
    public static List<PushResult> of(List<Pushed> pushed, List<Resolution> resolutions) {
        List<PushResult> results = new ArrayList<>(pushed.size());
        Iterator<Resolution> next = resolutions.iterator();
        for (int index = 0; index < pushed.size(); index++) {
            Pushed one = pushed.get(index);
            results.add(
                    one.record() == null
                            ? new PushResult(index, one.id(), Status.REJECTED, null, one.flaws())
                            : of(index, one.id(), next.next()));
        }
        return results;
    }

    private static PushResult of(int index, @Nullable String id, Resolution resolution) {
        return switch (resolution) {
            case Resolution.Created created ->
                    new PushResult(index, id, Status.CREATED, created.customerId(), List.of());
            case Resolution.Linked linked ->
                    new PushResult(index, id, Status.LINKED, linked.customerId(), List.of());
            case Resolution.Unattributed nobodys ->
                    new PushResult(index, id, Status.UNATTRIBUTED, null, List.of());
            case Resolution.Erased _ -> new PushResult(index, id, Status.ERASED, null, List.of());
            case Resolution.Unchanged unchanged ->
                    new PushResult(
                            index,
                            id,
                            Status.UNCHANGED,
                            unchanged.customer().orElse(null),
                            unchanged.isOlder() ? List.of(older()) : List.of());
            case Resolution.Rejected rejected ->
                    new PushResult(
                            index,
                            id,
                            Status.REJECTED,
                            null,
                            List.of(new Flaw(Flaw.Code.REFUSED, List.of(), rejected.reason())));
        };
    }

    private static Flaw older() {
        return new Flaw(
                Flaw.Code.OLDER_VERSION,
                List.of("updatedAt"),
                "A later version of it is stored; this one changed nothing");
    }
}
