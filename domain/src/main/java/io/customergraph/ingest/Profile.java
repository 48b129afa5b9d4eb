package io.customergraph.ingest;

import io.customergraph.customer.FieldValue;

import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * The fields of one customer while a batch is being resolved. Of two values for a field the better
 * one survives; see {@link FieldValue#compareTo}.
 */
final class Profile {

    private final UUID customer;
    private final String source;
    private final boolean isNew;
    private final Map<String, FieldValue> fields = new HashMap<>();
    private final Map<String, FieldValue> replaced = new HashMap<>();
    private final Set<String> changed = new HashSet<>();
    private boolean isTouched;
    private boolean hasNewIdentifier;
    private boolean isShared;
    private boolean isOutdated;
    private boolean hasLost;

    Profile(UUID customer, String source, boolean isNew) {
        this.customer = customer;
        this.source = source;
        this.isNew = isNew;
    }

    UUID customer() {
        return customer;
    }

    /** The source that the person was first met in. */
    String source() {
        return source;
    }

    boolean isNew() {
        return isNew;
    }

    /** Takes a value as it is stored. */
    void load(FieldValue value) {
        fields.put(value.field(), value);
    }

    /** Takes the value where it is better than the one there is. */
    void propose(FieldValue value) {
        FieldValue current = fields.get(value.field());
        if (current == null || value.compareTo(current) > 0) {
            fields.put(value.field(), value);
            replaced.put(value.field(), value);
            if (current == null || !current.value().equals(value.value())) {
                changed.add(value.field());
            }
        }
    }

    /** A record does not say any more what it said of the field. */
    void restate(String field, FieldValue.RecordReference record, String value) {
        FieldValue current = fields.get(field);
        isOutdated |=
                current != null
                        && !current.value().equals(value)
                        && current.record().filter(record::equals).isPresent();
    }

    /** A value is no longer the customer's. */
    void lose(String field, String value) {
        hasLost = true;
        FieldValue current = fields.get(field);
        if (current != null && current.value().equals(value)) {
            fields.remove(field);
            replaced.remove(field);
            changed.remove(field);
            isOutdated = true;
        }
    }

    /** What the customer owns has changed in another way than by a record. */
    void outdate() {
        isOutdated = true;
        hasLost = true;
        isTouched = true;
    }

    /** Whether a better value was taken back, so that the profile is to be worked out anew. */
    boolean isOutdated() {
        return isOutdated;
    }

    void touch() {
        isTouched = true;
    }

    void addIdentifier() {
        hasNewIdentifier = true;
    }

    /** Somebody else came to have a value of the customer. */
    void share() {
        isShared = true;
    }

    /** Whether the version is to count on, so that others who have the value look again. */
    boolean isShared() {
        return isShared && !isNew;
    }

    /** Whether what the customer is compared by is another now. */
    boolean isToBeScoredAgain() {
        return !isNew && (hasNewIdentifier || hasLost || !changed.isEmpty());
    }

    /** Whether a record of the customer was added or changed. */
    boolean isTouched() {
        return isTouched;
    }

    /** Whether the search text is out of date. */
    boolean isSearchStale() {
        return isNew || hasNewIdentifier || hasLost || !changed.isEmpty();
    }

    /** The fields that say something else than before; of others only the record is another. */
    Set<String> changed() {
        return changed;
    }

    /** The values that are to be written, by field. */
    Map<String, FieldValue> replaced() {
        return replaced;
    }

    @Nullable String value(String field) {
        FieldValue value = fields.get(field);
        return value == null ? null : value.value();
    }
}
