package io.customergraph.merge;

import io.customergraph.customer.FieldValue;
import io.customergraph.money.Money;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.UUID;

/**
 * What a merge would do.
 *
 * @param token binds a merge to what was seen here; null where nothing can be merged
 * @param fields the survivor's profile afterwards, by name of the field
 * @param moves what goes to the survivor, by type of record
 * @param identifiers how many of them go to the survivor
 * @param consents what the survivor's consents change to; where sources disagree the stricter holds
 * @param lifetimeValue of all of them together, an amount in each currency
 */
public record MergePreview(
        UUID survivor,
        List<UUID> absorbed,
        @Nullable String token,
        List<MergeBlocker> blockers,
        List<FieldValue> fields,
        List<Move> moves,
        int identifiers,
        List<ConsentChange> consents,
        List<Money> lifetimeValue) {

    /** The most customers that one merge absorbs. */
    public static final int MAX_ABSORBED = 20;

    public MergePreview {
        absorbed = List.copyOf(absorbed);
        blockers = List.copyOf(blockers);
        fields = List.copyOf(fields);
        moves = List.copyOf(moves);
        consents = List.copyOf(consents);
        lifetimeValue = List.copyOf(lifetimeValue);
    }

    /** Records of one type, and how many. */
    public record Move(String recordType, int count) {}

    /**
     * A consent of the survivor that is another afterwards.
     *
     * @param before null where the survivor has said nothing so far
     */
    public record ConsentChange(
            String channel, String purpose, @Nullable String before, String after) {}
}
