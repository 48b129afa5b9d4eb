package io.customergraph.customer;

import io.customergraph.matching.normalize.PersonName;

import org.jspecify.annotations.Nullable;

import java.util.Locale;

/** What is kept beside a customer's names, to sort and to search by. */
public final class CustomerNames {

    private CustomerNames() {}

    /** "last first" in lower case, what lists are sorted by. */
    public static String sortName(@Nullable String first, @Nullable String last) {
        String name = (last == null ? "" : last) + " " + (first == null ? "" : first);
        return name.strip().toLowerCase(Locale.ROOT);
    }

    /** A name as it is written, and as it compares: so that one script finds the other. */
    public static String searchNames(@Nullable String first, @Nullable String last) {
        PersonName name = PersonName.of(first, last);
        return (name.display().toLowerCase(Locale.ROOT) + " " + String.join(" ", name.tokens()))
                .strip();
    }
}
