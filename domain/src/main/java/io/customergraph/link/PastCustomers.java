package io.customergraph.link;

import io.customergraph.customer.CustomerIdentifier;
import io.customergraph.customer.CustomerKey;
import io.customergraph.customer.MergedCustomer;
import io.customergraph.paging.Row;
import io.customergraph.sql.JsonRows;
import io.customergraph.tenant.TenantContext;
import io.customergraph.tenant.TenantId;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;

import reactor.core.publisher.Mono;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Reads from the ledger who was whom at some time. */
public final class PastCustomers {

    /**
     * Whose the value was, without any merge; nobody's while it was generic. Who shares it under
     * another name is not its owner. An id of several shops names nobody without its shop.
     */
    private static final String HOMES_OF_VALUE =
            """
            SELECT DISTINCT ON (scope) coalesce(home_id, customer_id)
            FROM customer_identifiers
            WHERE tenant_id = :tenant AND kind = :kind AND value = :value
              AND (:scope = '*' OR scope = :scope)
              AND valid_from <= :at AND (valid_to IS NULL OR valid_to > :at)
              AND (NOT is_generic OR generic_since > :at)
            ORDER BY scope, valid_from DESC, id
            LIMIT 2
            """;

    private static final String HOME_OF_ID =
            """
            SELECT id FROM customers WHERE tenant_id = :tenant AND id = :id AND created_at <= :at
            """;

    /** Up along the merges that stood then. */
    private static final String ROOT =
            """
            WITH RECURSIVE became (id, depth) AS (
                SELECT :home::uuid, 0
                UNION ALL
                SELECT d.customer_id, b.depth + 1
                FROM became b
                JOIN match_decisions d
                    ON d.tenant_id = :tenant AND d.other_customer_id = b.id AND d.kind = 'merge'
                   AND d.decided_at <= :at AND (d.withdrawn_at IS NULL OR d.withdrawn_at > :at)
                WHERE b.depth < 100)
            SELECT id FROM became ORDER BY depth DESC LIMIT 1
            """;

    /** Down along them: everybody who was that person then. */
    private static final String HOMES =
            """
            WITH RECURSIVE homes (id) AS (
                SELECT :root::uuid
                UNION
                SELECT d.other_customer_id
                FROM homes h
                JOIN match_decisions d
                    ON d.tenant_id = :tenant AND d.customer_id = h.id AND d.kind = 'merge'
                   AND d.decided_at <= :at AND (d.withdrawn_at IS NULL OR d.withdrawn_at > :at))
            """;

    private static final String MERGED_FROM =
            HOMES + "SELECT id, id FROM homes WHERE id <> :root ORDER BY id LIMIT 100";

    private static final String IDENTIFIERS =
            HOMES
                    + """
                    SELECT i.customer_id, i.kind, i.scope, i.value, i.assurance, i.is_generic,
                           i.source_type, i.valid_from, i.valid_to
                    FROM homes h
                    JOIN customer_identifiers i
                        ON i.tenant_id = :tenant
                       AND (i.home_id = h.id OR (i.customer_id = h.id AND i.home_id IS NULL))
                    WHERE i.valid_from <= :at AND (i.valid_to IS NULL OR i.valid_to > :at)
                    ORDER BY i.valid_from, i.kind, i.scope, i.value
                    LIMIT 100
                    """;

    private static final String RECORDS =
            HOMES
                    + """
                    SELECT d.record_type, count(*)::int
                    FROM homes h
                    JOIN match_decisions d
                        ON d.tenant_id = :tenant AND d.customer_id = h.id AND d.kind = 'link'
                       AND d.decided_at <= :at
                       AND (d.withdrawn_at IS NULL OR d.withdrawn_at > :at)
                    GROUP BY d.record_type
                    ORDER BY d.record_type
                    """;

    private final DatabaseClient database;

    public PastCustomers(DatabaseClient database) {
        this.database = database;
    }

    /**
     * The customer of the tenant of the context that a key named at a time.
     *
     * @return empty where it named nobody then, or several
     */
    public Mono<PastCustomer> of(CustomerKey key, Instant at) {
        return TenantContext.tenant()
                .flatMap(
                        tenant ->
                                home(tenant, key, at)
                                        .flatMap(home -> root(tenant, home, at))
                                        .flatMap(root -> read(tenant, root, at)));
    }

    private Mono<UUID> home(TenantId tenant, CustomerKey key, Instant at) {
        return switch (key) {
            case CustomerKey.Id named ->
                    at(HOME_OF_ID, tenant, at)
                            .bind("id", named.id())
                            .map(row -> Row.id(row, 0))
                            .one();
            case CustomerKey.Value named ->
                    at(HOMES_OF_VALUE, tenant, at)
                            .bind("kind", named.kind().code())
                            .bind("value", JsonRows.clean(named.value()))
                            .bind("scope", JsonRows.clean(named.scope()))
                            .map(row -> Row.id(row, 0))
                            .all()
                            .collectList()
                            .filter(homes -> homes.size() == 1)
                            .map(List::getFirst);
        };
    }

    private Mono<UUID> root(TenantId tenant, UUID home, Instant at) {
        return at(ROOT, tenant, at).bind("home", home).map(row -> Row.id(row, 0)).one();
    }

    private Mono<PastCustomer> read(TenantId tenant, UUID root, Instant at) {
        Mono<List<MergedCustomer>> mergedFrom =
                of(MERGED_FROM, tenant, root, at).map(MergedCustomer::read).all().collectList();
        Mono<List<CustomerIdentifier>> identifiers =
                of(IDENTIFIERS, tenant, root, at).map(CustomerIdentifier::read).all().collectList();
        Mono<List<PastCustomer.Records>> records =
                of(RECORDS, tenant, root, at)
                        .map(row -> new PastCustomer.Records(Row.text(row, 0), Row.number(row, 1)))
                        .all()
                        .collectList();
        return Mono.zip(mergedFrom, identifiers, records)
                .map(all -> new PastCustomer(root, at, all.getT1(), all.getT2(), all.getT3()));
    }

    private GenericExecuteSpec of(String sql, TenantId tenant, UUID root, Instant at) {
        return at(sql, tenant, at).bind("root", root);
    }

    private GenericExecuteSpec at(String sql, TenantId tenant, Instant at) {
        return database.sql(sql).bind("tenant", tenant.value()).bind("at", at);
    }
}
