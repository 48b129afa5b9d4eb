package io.customergraph.push;

import java.util.List;

/**
 * What is wrong with a record. It never quotes a value, which may be a person's.
 *
 * @param path of the field within the record; empty for the record itself
 * @param message for people: what is expected
 */
public record Flaw(Code code, List<String> path, String message) {

    private static final int LONGEST_NAME = 100;

    public Flaw {
        path = path.stream().map(Flaw::cut).toList();
    }

    /** What is wrong, for programs. */
    public enum Code {
        /** A field is missing that every record of the kind has. */
        REQUIRED,
        /** A value is of another type or form, or none of those that there are. */
        INVALID,
        TOO_LONG,
        /** There is no such field. */
        UNKNOWN_FIELD,
        /** ISO 4217 has no such currency. */
        UNKNOWN_CURRENCY,
        /** The record has more values than one record may have. */
        TOO_LARGE,
        /** A later version is stored, so that this one changed nothing. */
        OLDER_VERSION,
        /** The database refuses it. */
        REFUSED
    }

    /** As a JSON pointer (RFC 6901) below a place. */
    public String pointer(String place) {
        StringBuilder pointer = new StringBuilder(place);
        for (String part : path) {
            pointer.append('/').append(part.replace("~", "~0").replace("/", "~1"));
        }
        return pointer.toString();
    }

    private static String cut(String name) {
        return name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME) + "…";
    }
}
