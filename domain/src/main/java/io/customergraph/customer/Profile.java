package io.customergraph.customer;

import org.jspecify.annotations.Nullable;

import java.util.List;

/** The fields of a customer that people may write. */
record Profile(
        @Nullable String firstName,
        @Nullable String lastName,
        @Nullable String email,
        @Nullable String phone,
        List<String> tags,
        @Nullable String preferredContactMethod,
        @Nullable String language,
        @Nullable String timezone) {

    static final Profile EMPTY = new Profile(null, null, null, null, List.of(), null, null, null);

    Profile {
        tags = List.copyOf(tags);
    }

    /** The profile with what the draft names put in its place. */
    Profile with(CheckedDraft input) {
        CustomerDraft draft = input.draft();
        List<String> newTags = draft.tags().value();
        return new Profile(
                pick(draft.firstName(), firstName),
                pick(draft.lastName(), lastName),
                draft.email().isSet()
                        ? input.email().map(read -> read.normalized()).orElse(null)
                        : email,
                draft.phone().isSet() ? input.phone().map(read -> read.e164()).orElse(null) : phone,
                draft.tags().isSet() ? (newTags == null ? List.of() : newTags) : tags,
                pick(draft.preferredContactMethod(), preferredContactMethod),
                pick(draft.language(), language),
                pick(draft.timezone(), timezone));
    }

    /** Whether there is neither name, e-mail nor phone. */
    boolean namesNobody() {
        return firstName == null && lastName == null && email == null && phone == null;
    }

    private static @Nullable String pick(Change<String> change, @Nullable String kept) {
        return change.isSet() ? change.value() : kept;
    }
}
