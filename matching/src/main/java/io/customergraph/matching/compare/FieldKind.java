package io.customergraph.matching.compare;

import org.jspecify.annotations.Nullable;

import java.time.LocalDate;

/** What a field of a person means, which decides how its values compare. */
public enum FieldKind {
    EMAIL("e-mail"),
    PHONE("phone"),
    FIRST_NAME("first name"),
    LAST_NAME("last name"),
    BIRTH_DATE("birth date"),
    CITY("city"),
    POSTCODE("postcode"),
    ADDRESS("address"),
    COMPANY("company"),
    EXTERNAL_ID("external id"),
    /** Free text of a few words. */
    TEXT("text"),
    /** One of a few values. */
    CATEGORY("category");

    private final String words;

    FieldKind(String words) {
        this.words = words;
    }

    /** For people, in lower case. */
    public String words() {
        return words;
    }

    /** What compares values of this kind. */
    public ValueComparator<?> comparator(Reading reading) {
        return switch (this) {
            case EMAIL -> new EmailComparator();
            case PHONE -> new PhoneComparator(reading.region());
            case FIRST_NAME -> NameComparator.ofGivenNames();
            case LAST_NAME -> NameComparator.ofFamilyNames();
            case BIRTH_DATE -> new BirthDateComparator(reading.today());
            case POSTCODE -> new PostcodeComparator();
            case CITY, ADDRESS, COMPANY, TEXT -> new WordsComparator();
            case EXTERNAL_ID -> new CodeComparator();
            case CATEGORY -> new CategoryComparator();
        };
    }

    /** The field whose values are sometimes typed into this one; null where there is none. */
    public @Nullable FieldKind sibling() {
        return switch (this) {
            case FIRST_NAME -> LAST_NAME;
            case LAST_NAME -> FIRST_NAME;
            default -> null;
        };
    }

    /**
     * How values are read.
     *
     * @param region in which national phone numbers are read, ISO 3166-1 alpha-2; null for none
     * @param today after which nobody is born
     */
    public record Reading(@Nullable String region, LocalDate today) {}
}
