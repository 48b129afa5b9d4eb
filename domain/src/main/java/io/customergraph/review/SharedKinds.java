package io.customergraph.review;

import io.r2dbc.spi.Readable;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * Kinds of identifiers by which records name both customers of a pair.
 *
 * @param sure as a source observed or verified them
 * @param claimed as somebody typed them: reason enough to ask a person, and never to merge
 */
record SharedKinds(Set<String> sure, Set<String> claimed) {

    private static final Set<String> ID_KINDS =
            Set.of("shopify_customer_id", "whatsapp_user_id", "external_id");

    static final SharedKinds NONE = new SharedKinds(Set.of(), Set.of());

    SharedKinds {
        sure = Set.copyOf(sure);
        claimed = Set.copyOf(claimed);
    }

    /** Reads two columns from the one on. */
    static SharedKinds read(Readable row, int column) {
        return new SharedKinds(kinds(row, column), kinds(row, column + 1));
    }

    private static Set<String> kinds(Readable row, int column) {
        return Set.copyOf(Arrays.asList(Objects.requireNonNull(row.get(column, String[].class))));
    }

    Set<String> all() {
        Set<String> all = new HashSet<>(sure);
        all.addAll(claimed);
        return all;
    }

    /** Whether something rests on nothing but a claim. */
    boolean isPartlyClaimed() {
        return !sure.containsAll(claimed);
    }

    /** The kinds of ids that sources gave, and say to be both's: nobody typed them. */
    List<String> ids() {
        return sure.stream().filter(ID_KINDS::contains).sorted().toList();
    }

    List<String> sorted() {
        return all().stream().sorted().toList();
    }
}
