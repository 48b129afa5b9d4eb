package io.customergraph.ingest;

import io.customergraph.customer.IdentifierKind;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Who owns the e-mails that reach a mailbox, however they are written. The mailbox is no identity:
 * it makes candidates.
 */
final class KnownMailboxes {

    private final Map<String, Map<UUID, String>> owners = new HashMap<>();

    /** An e-mail of a customer, in its normal form, and the mailbox that it reaches. */
    void add(String mailbox, UUID owner, String email) {
        owners.computeIfAbsent(mailbox, first -> new LinkedHashMap<>(2)).putIfAbsent(owner, email);
    }

    /** The owners of other ways to write the mailbox of an e-mail; none for other values. */
    List<UUID> ownersOfOthers(Evidence.Value value) {
        return value.key().kind() != IdentifierKind.EMAIL
                ? List.of()
                : owners.getOrDefault(value.canonical(), Map.of()).entrySet().stream()
                        .filter(owner -> !owner.getValue().equals(value.key().value()))
                        .map(Map.Entry::getKey)
                        .toList();
    }
}
