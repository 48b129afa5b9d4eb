package io.customergraph.ingest;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/**
 * What was erased.
 *
 * @param deleted how many records are gone
 * @param stripped how many stay without the person: orders, payments, enrollments
 * @param customers of whom nothing is known any more
 * @param traces by which the person is found elsewhere
 */
public record Erasure(long deleted, long stripped, Set<UUID> customers, Traces traces) {

    public Erasure {
        customers = Set.copyOf(customers);
    }

    /**
     * What a person and their records go by in texts of sources.
     *
     * @param emails normalised
     * @param phones E.164
     */
    public record Traces(List<String> emails, List<String> phones, List<SourceId> ids) {

        public Traces {
            emails = List.copyOf(emails);
            phones = List.copyOf(phones);
            ids = List.copyOf(ids);
        }

        public static final Traces NONE = new Traces(List.of(), List.of(), List.of());

        /** Both, each trace once. */
        public Traces and(Traces other) {
            return new Traces(
                    both(emails, other.emails), both(phones, other.phones), bothIds(other));
        }

        private static List<String> both(List<String> some, List<String> others) {
            Set<String> all = new TreeSet<>(some);
            all.addAll(others);
            return List.copyOf(all);
        }

        private List<SourceId> bothIds(Traces other) {
            List<SourceId> all = new ArrayList<>(ids);
            all.addAll(other.ids);
            return all.stream().distinct().toList();
        }
    }

    /** An id that a source gave to a record or to a person, within an account there. */
    public record SourceId(String account, String id) {}
}
