package io.customergraph.customer;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A value of one field of a profile, and where it came from. The greater of two is the one that
 * survives: the verified before the observed before the claimed, then the newer, then the one from
 * the source that comes first in {@link #SOURCES}.
 *
 * @param field {@link #FIRST_NAME}, {@link #LAST_NAME}, {@link #EMAIL} or {@link #PHONE}
 * @param record the record that said so; empty where a person did
 * @param observedAt by the source's clock
 */
public record FieldValue(
        String field,
        String value,
        String sourceType,
        Optional<RecordReference> record,
        Assurance assurance,
        Instant observedAt)
        implements Comparable<FieldValue> {

    public static final String FIRST_NAME = "first_name";
    public static final String LAST_NAME = "last_name";
    public static final String EMAIL = "email";
    public static final String PHONE = "phone";

    /** The source of what a person entered here by hand. */
    public static final String MANUAL = "manual";

    /** Where surety and time do not decide: the earlier in this list wins, the unlisted lose. */
    private static final List<String> SOURCES = List.of(MANUAL, "shopify", "crm", "freshdesk");

    private static final Comparator<FieldValue> SURVIVORSHIP =
            Comparator.comparingInt((FieldValue value) -> value.surety())
                    .thenComparing(FieldValue::observedAt)
                    .thenComparingInt(value -> -rank(value.sourceType()));

    @Override
    public int compareTo(FieldValue other) {
        return SURVIVORSHIP.compare(this, other);
    }

    private int surety() {
        return switch (assurance) {
            case CLAIMED -> 0;
            case OBSERVED -> 1;
            case VERIFIED, ATTESTED -> 2;
        };
    }

    private static int rank(String sourceType) {
        int index = SOURCES.indexOf(sourceType);
        return index < 0 ? SOURCES.size() : index;
    }

    /** A source record that a value rests on; its type as the database names it. */
    public record RecordReference(String type, UUID id) {}
}
