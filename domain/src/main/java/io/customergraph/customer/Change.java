package io.customergraph.customer;

import org.jspecify.annotations.Nullable;

/** What an update does to one field: leaves it, clears it, or sets it. */
public sealed interface Change<T> {

    /** The field was not named in the input. */
    record Keep<T>() implements Change<T> {}

    /** The field was named; null clears it. */
    record Set<T>(@Nullable T value) implements Change<T> {}

    static <T> Change<T> keep() {
        return new Keep<>();
    }

    static <T> Change<T> set(@Nullable T value) {
        return new Set<>(value);
    }

    /** Whether the field is to be written. */
    default boolean isSet() {
        return this instanceof Set<T>;
    }

    /** The new value; null for none, and where the field is kept. */
    default @Nullable T value() {
        return this instanceof Set<T>(T value) ? value : null;
    }
}
