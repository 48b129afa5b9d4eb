package io.customergraph.ingest;

import java.util.Optional;
import java.util.UUID;

/** What became of one source record. */
public sealed interface Resolution {

    /** The customer that the record belongs to; empty for one about nobody that can be told. */
    Optional<UUID> customer();

    /** The first record of a new person. */
    record Created(UUID customerId) implements Resolution {
        @Override
        public Optional<UUID> customer() {
            return Optional.of(customerId);
        }
    }

    /**
     * A record of a known person.
     *
     * @param rule what decided: {@code email}, {@code phone}, {@code external_id} …, or {@code
     *     standing} for a record whose link stood already
     */
    record Linked(UUID customerId, String rule) implements Resolution {
        @Override
        public Optional<UUID> customer() {
            return Optional.of(customerId);
        }
    }

    /**
     * The same version again, or an older one: nothing was changed.
     *
     * @param isOlder whether a later version is stored
     */
    record Unchanged(Optional<UUID> customer, boolean isOlder) implements Resolution {}

    /**
     * About somebody who was erased. What is kept for the books, such as an order, is stored
     * without the person; the rest is not stored.
     */
    record Erased() implements Resolution {
        @Override
        public Optional<UUID> customer() {
            return Optional.empty();
        }
    }

    /** Stored, and about nobody that can be told. */
    record Unattributed() implements Resolution {
        @Override
        public Optional<UUID> customer() {
            return Optional.empty();
        }
    }

    /**
     * Not stored: the record contradicts what the database demands. Sending it again cannot help.
     *
     * @param reason for people to read; without personal data
     */
    record Rejected(String reason) implements Resolution {
        @Override
        public Optional<UUID> customer() {
            return Optional.empty();
        }
    }
}
