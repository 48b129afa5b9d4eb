package io.customergraph.customer;

import io.customergraph.tenant.TenantId;

import org.springframework.r2dbc.core.DatabaseClient;

import reactor.core.publisher.Mono;

import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/** Locks customers that are neither merged nor erased. */
public final class LivingCustomers {

    /** In the order of the ids: two writers never wait for each other in a ring. */
    private static final String LOCK =
            """
            SELECT id, version FROM customers
            WHERE tenant_id = :tenant AND id = ANY (:ids) AND status IN ('active', 'inactive')
            ORDER BY id
            FOR NO KEY UPDATE
            """;

    private final DatabaseClient database;

    public LivingCustomers(DatabaseClient database) {
        this.database = database;
    }

    /**
     * Locks them until the end of the transaction.
     *
     * @return the version of each; one that does not live is absent
     */
    public Mono<Map<UUID, Long>> lock(TenantId tenant, Collection<UUID> ids) {
        return database.sql(LOCK)
                .bind("tenant", tenant.value())
                .bind("ids", ids.toArray(UUID[]::new))
                .map(
                        row ->
                                Map.entry(
                                        Objects.requireNonNull(row.get(0, UUID.class)),
                                        Objects.requireNonNull(row.get(1, Long.class))))
                .all()
                .collectMap(Map.Entry::getKey, Map.Entry::getValue);
    }
}
