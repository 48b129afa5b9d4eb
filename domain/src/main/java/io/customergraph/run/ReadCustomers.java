package io.customergraph.run;

import io.customergraph.matching.compare.FieldKind;
import io.customergraph.matching.population.Population;
import io.customergraph.matching.population.PopulationBuilder;

import org.jspecify.annotations.Nullable;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Customers in the order of their ids, and what they are compared by. */
final class ReadCustomers {

    private final LocalDate today;
    private final List<UUID> ids = new ArrayList<>();
    private @Nullable PopulationBuilder builder;

    ReadCustomers(LocalDate today) {
        this.today = today;
    }

    /**
     * A customer as it is read.
     *
     * @param region ISO 3166-1 alpha-2: where the tenant's national numbers are from
     */
    record CustomerRow(
            UUID id,
            String region,
            @Nullable String email,
            @Nullable String phone,
            @Nullable String firstName,
            @Nullable String lastName) {

        /** In the order of {@link FoundPairs#KINDS}. */
        @Nullable String[] texts() {
            return new @Nullable String[] {email, phone, firstName, lastName};
        }
    }

    void add(List<CustomerRow> rows) {
        if (rows.isEmpty()) {
            return;
        }
        PopulationBuilder into = builder;
        if (into == null) {
            into = builder(rows.getFirst().region);
            builder = into;
        }
        into.add(rows.stream().map(CustomerRow::texts).toList());
        rows.forEach(row -> ids.add(row.id));
    }

    private PopulationBuilder builder(@Nullable String region) {
        return new PopulationBuilder(
                FoundPairs.KINDS.stream().map(FieldKind::words).toList(),
                FoundPairs.KINDS,
                new FieldKind.Reading(region, today));
    }

    UUID last() {
        return ids.isEmpty() ? new UUID(0, 0) : ids.getLast();
    }

    int size() {
        return ids.size();
    }

    List<UUID> ids() {
        return ids;
    }

    Population population() {
        PopulationBuilder all = builder;
        return (all == null ? builder(null) : all).build();
    }
}
