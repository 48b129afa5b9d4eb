package io.customergraph.ingest;

import io.customergraph.customer.Assurance;
import io.customergraph.customer.FieldValue;
import io.customergraph.tenant.TenantId;
import io.r2dbc.spi.Readable;

import org.springframework.r2dbc.core.DatabaseClient;

import reactor.core.publisher.Mono;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/** Locks and reads the profiles that a batch may change. */
final class CustomerProfiles {

    /**
     * In the order of the ids: two batches never wait for each other in a ring. Each is looked up
     * as {@link KnownRecords} does.
     */
    private static final String LOCK =
            """
            SELECT c.id, c.version, c.source
            FROM (SELECT id FROM unnest(:ids::uuid[]) AS i (id) ORDER BY id) AS w
            CROSS JOIN LATERAL (
                SELECT c.id, c.version, c.source
                FROM customers c
                WHERE c.tenant_id = (SELECT :tenant) AND c.id = w.id
                  AND c.status IN ('active', 'inactive')
                FOR NO KEY UPDATE) AS c
            """;

    private static final String FIELD_VALUES =
            """
            SELECT customer_id, field, value, source_type, record_type, record_id, assurance,
                   observed_at
            FROM customer_field_values
            WHERE tenant_id = (SELECT :tenant) AND customer_id = ANY (:ids)
            """;

    private final DatabaseClient database;

    CustomerProfiles(DatabaseClient database) {
        this.database = database;
    }

    /**
     * Locks the customers until the end of the transaction, and reads their fields as they are
     * then.
     *
     * @param expectedVersions of those whose version was read before
     * @return an error of {@link ChangedMeanwhile} where a customer is no longer what was read
     */
    Mono<Map<UUID, Profile>> lock(
            TenantId tenant, Collection<UUID> ids, Map<UUID, Long> expectedVersions) {
        if (ids.isEmpty()) {
            return Mono.just(new HashMap<>());
        }
        UUID[] sorted = ids.stream().sorted().toArray(UUID[]::new);
        return database.sql(LOCK)
                .bind("tenant", tenant.value())
                .bind("ids", sorted)
                .map(row -> profile(row, expectedVersions))
                .all()
                .collectMap(Profile::customer)
                .flatMap(
                        profiles ->
                                profiles.size() == sorted.length
                                        ? load(tenant, sorted, profiles)
                                        : Mono.error(new ChangedMeanwhile("a customer is gone")));
    }

    private Mono<Map<UUID, Profile>> load(
            TenantId tenant, UUID[] ids, Map<UUID, Profile> profiles) {
        return database.sql(FIELD_VALUES)
                .bind("tenant", tenant.value())
                .bind("ids", ids)
                .map(
                        row -> {
                            UUID customer = Objects.requireNonNull(row.get(0, UUID.class));
                            Objects.requireNonNull(profiles.get(customer)).load(fieldValue(row));
                            return customer;
                        })
                .all()
                .then(Mono.just(profiles));
    }

    private static Profile profile(Readable row, Map<UUID, Long> expectedVersions) {
        UUID id = Objects.requireNonNull(row.get(0, UUID.class));
        Long expected = expectedVersions.get(id);
        if (expected != null && !expected.equals(row.get(1, Long.class))) {
            throw new ChangedMeanwhile("customer " + id);
        }
        return new Profile(id, Objects.requireNonNull(row.get(2, String.class)), false);
    }

    private static FieldValue fieldValue(Readable row) {
        String recordType = row.get(4, String.class);
        UUID recordId = row.get(5, UUID.class);
        return new FieldValue(
                Objects.requireNonNull(row.get(1, String.class)),
                Objects.requireNonNull(row.get(2, String.class)),
                Objects.requireNonNull(row.get(3, String.class)),
                recordType == null || recordId == null
                        ? Optional.empty()
                        : Optional.of(new FieldValue.RecordReference(recordType, recordId)),
                Assurance.ofCode(Objects.requireNonNull(row.get(6, String.class))),
                Objects.requireNonNull(row.get(7, Instant.class)));
    }
}
