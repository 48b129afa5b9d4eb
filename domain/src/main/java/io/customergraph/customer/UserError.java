package io.customergraph.customer;

import java.util.List;

/**
 * Something about a write that its caller can mend. Nothing was written.
 *
 * @param code for programs
 * @param field the path of the input field, such as {@code ["input", "email"]}
 * @param message for people: what is wrong and what to do
 */
public record UserError(Code code, List<String> field, String message) {

    public UserError {
        field = List.copyOf(field);
    }

    public static UserError of(Code code, String inputField, String message) {
        return new UserError(code, List.of("input", inputField), message);
    }

    /** What is wrong. */
    public enum Code {
        REQUIRED,
        INVALID,
        TOO_LONG,
        TAKEN,
        NOT_FOUND,
        VERSION_CONFLICT,
        NOT_LINKED,
        ALREADY_LINKED,
        ALREADY_MERGED,
        /** Something forbids it; the message names what. */
        BLOCKED,
        /** What it is bound to has changed. */
        STALE_PREVIEW,
        ALREADY_RUNNING,
        ALREADY_IN_USE
    }
}
