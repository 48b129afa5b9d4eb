package io.customergraph.ingest;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/**
 * Something that a source says it has no more.
 *
 * @param at when it was deleted, by the source's clock: versions up to then are of what was deleted
 * @param isFinal whether the source gives the id to nothing else ever, so that no version, however
 *     new it says it is, brings it back; a ticket may come out of the bin, an order of Shopify not
 * @param replacedBy the id that stands in its place, where the source made one of two people; what
 *     the person was known by stays with them then
 */
public record DeletedRecord(
        RecordType type,
        String sourceType,
        String account,
        String externalId,
        Instant at,
        boolean isFinal,
        @Nullable String replacedBy) {

    public DeletedRecord {
        if (type.isShopify()
                && !(SourceRecord.isShopifyId(externalId)
                        && (replacedBy == null || SourceRecord.isShopifyId(replacedBy)))) {
            throw new IllegalArgumentException("Shopify's ids are numbers, and this is none");
        }
    }

    RecordKey key() {
        return new RecordKey(type, sourceType, account, externalId);
    }

    /** What two deliveries say of one record. */
    DeletedRecord with(DeletedRecord other) {
        return new DeletedRecord(
                type,
                sourceType,
                account,
                externalId,
                other.at.isAfter(at) ? other.at : at,
                isFinal || other.isFinal,
                replacedBy == null ? other.replacedBy : replacedBy);
    }
}
