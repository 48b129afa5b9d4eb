package io.customergraph.change;

import org.jspecify.annotations.Nullable;

import java.util.Locale;
import java.util.Map;
import java.util.UUID;

/**
 * Something that happened to a customer.
 *
 * @param otherCustomerId the other side of a merge, split or move
 * @param detail small, without personal data
 */
public record ChangeEvent(
        Kind kind, UUID customerId, @Nullable UUID otherCustomerId, Map<String, Object> detail) {

    public ChangeEvent {
        detail = Map.copyOf(detail);
    }

    public ChangeEvent(Kind kind, UUID customerId, Map<String, Object> detail) {
        this(kind, customerId, null, detail);
    }

    /** What happened. */
    public enum Kind {
        CUSTOMER_CREATED,
        CUSTOMER_CHANGED,
        /** The customer was absorbed by the other. */
        CUSTOMER_MERGED,
        /** The other was taken out of the customer. */
        CUSTOMER_SPLIT,
        /** A value went from the customer to the other, or to nobody. */
        IDENTIFIER_MOVED,
        /** A value of the customer turned out to be many people's and identifies nobody now. */
        IDENTIFIER_GENERIC,
        CUSTOMER_ERASED;

        /** The name in the database. */
        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
