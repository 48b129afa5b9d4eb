package io.customergraph.ingest;

import java.time.Instant;
import java.util.regex.Pattern;

/**
 * Where a record came from, and which of its versions it is.
 *
 * @param sourceType the system: {@code shopify}, {@code freshdesk} …
 * @param account the account there within which the external id is unique: a shop's domain, a
 *     helpdesk's name, a WhatsApp business account
 * @param externalId the source's own id, raw, without any prefix of ours
 * @param createdAt when the record came to be at the source
 * @param updatedAt when it last changed there; of two versions the later one holds
 */
public record Origin(
        String sourceType,
        String account,
        String externalId,
        Instant createdAt,
        Instant updatedAt) {

    private static final Pattern SOURCE_TYPE = Pattern.compile("[a-z][a-z0-9_]{1,39}");

    public Origin {
        if (!SOURCE_TYPE.matcher(sourceType).matches()) {
            throw new IllegalArgumentException("Not a source type: " + sourceType);
        }
        if (account.isBlank() || externalId.isBlank()) {
            throw new IllegalArgumentException("A record needs the account and id of its source");
        }
    }
}
