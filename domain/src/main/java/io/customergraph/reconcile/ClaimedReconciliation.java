package io.customergraph.reconcile;

import io.customergraph.sync.SyncPosition;

import java.util.List;
import java.util.UUID;

/**
 * A run that this node works at, and where it stands.
 *
 * @param resources what is read, in the provider's words, in order; empty before the run began and
 *     all that the provider has is wanted
 * @param place the resource that is read, or the sort of record that is looked at
 * @param position the next page of the resource
 * @param after the record after which the comparison goes on; empty before the first
 * @param unreadable how many records could not be read so far
 * @param kept how many differences are kept so far
 */
public record ClaimedReconciliation(
        UUID id,
        UUID connection,
        List<String> resources,
        boolean repairs,
        Phase phase,
        int place,
        SyncPosition position,
        String after,
        long unreadable,
        int kept) {

    static final SyncPosition START = new SyncPosition(null, null);

    public ClaimedReconciliation {
        resources = List.copyOf(resources);
    }

    /** The resource that is read now. */
    public String resource() {
        return resources.get(place);
    }

    /** The same run at the beginning of a phase; a second reading counts anew. */
    ClaimedReconciliation at(Phase next) {
        return new ClaimedReconciliation(
                id,
                connection,
                resources,
                repairs,
                next,
                0,
                START,
                "",
                next == Phase.REPAIRING ? 0 : unreadable,
                kept);
    }

    /** The same phase, at the beginning of its next part. */
    ClaimedReconciliation atNextPlace() {
        return new ClaimedReconciliation(
                id, connection, resources, repairs, phase, place + 1, START, "", unreadable, kept);
    }

    /** The same resource, further on. */
    ClaimedReconciliation at(SyncPosition next) {
        return new ClaimedReconciliation(
                id, connection, resources, repairs, phase, place, next, "", unreadable, kept);
    }

    /** The same sort of record, further on. */
    ClaimedReconciliation after(String record) {
        return new ClaimedReconciliation(
                id, connection, resources, repairs, phase, place, START, record, unreadable, kept);
    }

    ClaimedReconciliation withUnreadable(int more) {
        return new ClaimedReconciliation(
                id,
                connection,
                resources,
                repairs,
                phase,
                place,
                position,
                after,
                unreadable + more,
                kept);
    }

    ClaimedReconciliation withKept(int more) {
        return new ClaimedReconciliation(
                id,
                connection,
                resources,
                repairs,
                phase,
                place,
                position,
                after,
                unreadable,
                kept + more);
    }

    /** After a page: the next one, the next resource's first, or what follows the last one. */
    ClaimedReconciliation afterPage(SourceReading page) {
        ClaimedReconciliation read = withUnreadable(page.unreadable());
        SyncPosition next = page.next();
        if (next != null) {
            return read.at(next);
        }
        if (place + 1 < resources.size()) {
            return read.atNextPlace();
        }
        return read.at(phase == Phase.READING ? Phase.COMPARING : Phase.DELETING);
    }
}
