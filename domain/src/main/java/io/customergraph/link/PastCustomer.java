package io.customergraph.link;

import io.customergraph.customer.CustomerIdentifier;
import io.customergraph.customer.MergedCustomer;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * A customer at some time, as far as the ledger gives it: who was one person with whom, what the
 * person was known by, and which records it had. What fields said then is not kept.
 *
 * @param id that answered then
 * @param mergedFrom the customers that were one with it then; at most 100
 * @param identifiers valid at that time, by the sources' clocks, the oldest first; at most 100
 * @param records how many it had of each type
 */
public record PastCustomer(
        UUID id,
        Instant at,
        List<MergedCustomer> mergedFrom,
        List<CustomerIdentifier> identifiers,
        List<Records> records) {

    public PastCustomer {
        mergedFrom = List.copyOf(mergedFrom);
        identifiers = List.copyOf(identifiers);
        records = List.copyOf(records);
    }

    /** How many records of a type. */
    public record Records(String recordType, int count) {}
}
