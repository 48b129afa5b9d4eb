package io.customergraph.review;

import io.customergraph.matching.compare.FieldKind;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * What a customer is compared by.
 *
 * @param records how many records the customer has
 * @param region ISO 3166-1 alpha-2: where the tenant's national numbers are from
 */
record ComparedCustomer(
        UUID id,
        String status,
        long version,
        int records,
        @Nullable String firstName,
        @Nullable String lastName,
        String region,
        List<Identifier> identifiers) {

    ComparedCustomer {
        identifiers = List.copyOf(identifiers);
    }

    /**
     * A living value.
     *
     * @param identifies whether it is the customer's own
     * @param onePerAccount whether one person has one in the scope
     */
    record Identifier(
            String kind, String scope, String value, boolean identifies, boolean onePerAccount) {}

    /** Whether the customer is neither merged nor erased. */
    boolean isLiving() {
        return status.equals("active") || status.equals("inactive");
    }

    /** The texts to compare by field. What many people share says nothing of two of them. */
    Map<FieldKind, List<String>> texts() {
        Map<FieldKind, List<String>> texts = new EnumMap<>(FieldKind.class);
        add(texts, FieldKind.FIRST_NAME, firstName);
        add(texts, FieldKind.LAST_NAME, lastName);
        for (Identifier identifier : identifiers) {
            if (identifier.identifies) {
                field(identifier.kind, texts, identifier.value);
            }
        }
        return texts;
    }

    private static void field(String kind, Map<FieldKind, List<String>> texts, String value) {
        switch (kind) {
            case "email" -> add(texts, FieldKind.EMAIL, value);
            case "phone" -> add(texts, FieldKind.PHONE, value);
            default -> {}
        }
    }

    private static void add(
            Map<FieldKind, List<String>> texts, FieldKind kind, @Nullable String text) {
        if (text != null) {
            texts.computeIfAbsent(kind, first -> new ArrayList<>()).add(text);
        }
    }

    /** Whether each has an id of its own in an account where one person has one. */
    boolean hasAnotherIdThan(ComparedCustomer other) {
        Map<String, Set<String>> ids = idsByAccount();
        Map<String, Set<String>> others = other.idsByAccount();
        return ids.entrySet().stream()
                .anyMatch(
                        account -> {
                            Set<String> theirs = others.get(account.getKey());
                            return theirs != null && !theirs.equals(account.getValue());
                        });
    }

    private Map<String, Set<String>> idsByAccount() {
        Map<String, Set<String>> ids = new HashMap<>();
        for (Identifier identifier : identifiers) {
            if (identifier.identifies && identifier.onePerAccount) {
                ids.computeIfAbsent(
                                identifier.kind + ' ' + identifier.scope, first -> new HashSet<>())
                        .add(identifier.value);
            }
        }
        return ids;
    }
}
