package io.customergraph.matching.block;

import io.customergraph.matching.compare.BirthDateComparator.BirthDate;
import io.customergraph.matching.compare.EmailComparator.Address;
import io.customergraph.matching.compare.FieldKind;
import io.customergraph.matching.compare.NameComparator.Name;
import io.customergraph.matching.compare.PhoneComparator.PhoneNumber;
import io.customergraph.matching.compare.PostcodeComparator.Postcode;
import io.customergraph.matching.compare.Prepared;

import org.jspecify.annotations.Nullable;

/** What of a value is part of a key. */
enum KeyPart {
    /** All of it. */
    WHOLE,
    /** How it begins: three letters of a name, the mailbox before the {@code @}, a post area. */
    START,
    /** What misspelling leaves alone: a name's consonants or long form, a phone's last digits. */
    CORE,
    /** The year of a date. */
    YEAR,
    /** Day and month of a date. */
    DAY;

    private static final int LETTERS = 3;

    /** The part of the value as text; null where it has none. */
    @Nullable String of(FieldKind kind, Prepared value) {
        return switch (this) {
            case WHOLE -> value instanceof Address address ? address.mailbox() : value.term();
            case START -> start(value);
            case CORE -> core(kind, value);
            case YEAR -> value instanceof BirthDate date ? date.term().substring(0, 4) : null;
            case DAY -> value instanceof BirthDate date ? date.term().substring(4) : null;
        };
    }

    private static String start(Prepared value) {
        return switch (value) {
            case Address address -> address.local();
            case Postcode postcode -> postcode.area();
            default -> value.term().substring(0, Math.min(LETTERS, value.term().length()));
        };
    }

    private static String core(FieldKind kind, Prepared value) {
        return switch (value) {
            case Name name when kind == FieldKind.FIRST_NAME && !name.root().equals(name.term()) ->
                    name.root();
            case Name name -> name.skeleton().isEmpty() ? name.term() : name.skeleton();
            case PhoneNumber number -> number.end();
            default -> value.term();
        };
    }
}
