package io.customergraph.customer;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/**
 * A change of how a kind of identifier is trusted; what is null stays as it is.
 *
 * @param recycledAfterDays 0 for never
 */
public record PolicyChange(
        IdentifierKind kind,
        @Nullable Integer priority,
        @Nullable Integer maxPeople,
        @Nullable Integer windowDays,
        @Nullable List<String> blockedPatterns,
        @Nullable Boolean uniquePerPerson,
        @Nullable Boolean onePerAccount,
        @Nullable Integer recycledAfterDays) {

    private static final int MAX_PATTERNS = 100;
    private static final int MAX_PATTERN = 200;

    public PolicyChange {
        blockedPatterns = blockedPatterns == null ? null : List.copyOf(blockedPatterns);
    }

    /** Everything that is wrong with it. */
    List<UserError> errors() {
        List<UserError> errors = new ArrayList<>();
        check(errors, "priority", priority, 1, 1_000);
        check(errors, "maxPeople", maxPeople, 1, 10_000);
        check(errors, "windowDays", windowDays, 1, 36_500);
        check(errors, "recycledAfterDays", recycledAfterDays, 0, 36_500);
        if (blockedPatterns != null) {
            if (blockedPatterns.size() > MAX_PATTERNS
                    || blockedPatterns.stream().anyMatch(one -> one.length() > MAX_PATTERN)) {
                errors.add(
                        UserError.of(
                                UserError.Code.TOO_LONG,
                                "blockedPatterns",
                                "At most %d patterns of %d characters"
                                        .formatted(MAX_PATTERNS, MAX_PATTERN)));
            }
            if (blockedPatterns.stream().anyMatch(one -> one.replace("*", "").isBlank())) {
                errors.add(
                        UserError.of(
                                UserError.Code.INVALID,
                                "blockedPatterns",
                                "A pattern of nothing but stars blocks every value; set"
                                        + " uniquePerPerson to false where that is meant"));
            }
        }
        return errors;
    }

    private static void check(
            List<UserError> errors, String field, @Nullable Integer value, int least, int most) {
        if (value != null && (value < least || value > most)) {
            errors.add(UserError.of(UserError.Code.INVALID, field, least + " to " + most));
        }
    }
}
