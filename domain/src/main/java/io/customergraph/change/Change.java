package io.customergraph.change;

import io.customergraph.paging.Cursor;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * Something that happened to a customer, as the outbox keeps it.
 *
 * @param place in the outbox, for who resumes after it
 * @param fields of the profile that changed; empty where that is not what happened
 */
public record Change(
        Cursor place,
        String kind,
        UUID customerId,
        @Nullable UUID otherCustomerId,
        List<String> fields,
        Instant occurredAt) {

    public Change {
        fields = List.copyOf(fields);
    }
}
