package io.customergraph.review;

import io.customergraph.sql.JsonRows;
import io.customergraph.tenant.TenantId;
import io.r2dbc.spi.Readable;

import org.springframework.r2dbc.core.DatabaseClient;

import reactor.core.publisher.Mono;

import tools.jackson.core.type.TypeReference;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** Reads what customers are compared by, and what people have said of pairs of them. */
final class ComparedCustomers {

    /** Identifiers of one customer that are compared, the newest first. */
    private static final int MAX_IDENTIFIERS = 50;

    private static final TypeReference<List<ComparedCustomer.Identifier>> IDENTIFIERS =
            new TypeReference<>() {};

    private static final String SELECT =
            """
            SELECT c.id, c.status, c.version,
                   c.total_orders + c.total_tickets + c.total_appointments + c.total_conversations,
                   c.first_name, c.last_name, t.default_region,
                   (SELECT coalesce(jsonb_agg(jsonb_build_object(
                               'kind', i.kind, 'scope', i.scope, 'value', i.value,
                               'identifies', NOT i.is_generic AND p.unique_per_person,
                               'one_per_account', p.one_per_account)), '[]')::text
                    FROM (SELECT kind, scope, value, is_generic
                          FROM customer_identifiers
                          WHERE tenant_id = :tenant AND customer_id = c.id AND valid_to IS NULL
                          ORDER BY valid_from DESC, id DESC
                          LIMIT %d) AS i
                    JOIN identifier_policies p ON p.tenant_id = :tenant AND p.kind = i.kind)
            FROM customers c
            JOIN tenants t ON t.id = c.tenant_id
            WHERE c.tenant_id = :tenant AND c.id = ANY (:ids)
            """
                    .formatted(MAX_IDENTIFIERS);

    /** A ban, or a merge that was taken back, holds for whomever its customers became. */
    private static final String KEPT_APART =
            """
            WITH RECURSIVE homes (became, id) AS (
                SELECT DISTINCT c, c FROM unnest(:a::uuid[] || :b::uuid[]) AS c
                UNION
                SELECT h.became, c.id FROM homes h
                JOIN customers c ON c.tenant_id = :tenant AND c.merged_into = h.id)
            SELECT DISTINCT one.became, other.became, d.kind
            FROM homes one
            JOIN match_decisions d
                ON d.tenant_id = :tenant AND d.customer_id = one.id
               AND d.kind IN ('ban', 'split') AND d.rule = 'steward' AND d.withdrawn_at IS NULL
            JOIN homes other ON other.id = d.other_customer_id
            JOIN unnest(:a::uuid[], :b::uuid[]) AS p (a, b)
                ON (p.a, p.b) IN ((one.became, other.became), (other.became, one.became))
            """;

    private final DatabaseClient database;

    ComparedCustomers(DatabaseClient database) {
        this.database = database;
    }

    Mono<Map<UUID, ComparedCustomer>> of(TenantId tenant, Collection<UUID> ids) {
        return database.sql(SELECT)
                .bind("tenant", tenant.value())
                .bind("ids", ids.stream().distinct().toArray(UUID[]::new))
                .map(ComparedCustomers::customer)
                .all()
                .collectMap(ComparedCustomer::id);
    }

    private static ComparedCustomer customer(Readable row) {
        return new ComparedCustomer(
                Objects.requireNonNull(row.get(0, UUID.class)),
                Objects.requireNonNull(row.get(1, String.class)),
                Objects.requireNonNull(row.get(2, Long.class)),
                Objects.requireNonNull(row.get(3, Integer.class)),
                row.get(4, String.class),
                row.get(5, String.class),
                Objects.requireNonNull(row.get(6, String.class)),
                JsonRows.MAPPER.readValue(
                        Objects.requireNonNull(row.get(7, String.class)), IDENTIFIERS));
    }

    /** Two customers, whichever comes first. */
    record Pair(UUID a, UUID b) {

        Set<UUID> both() {
            return Set.of(a, b);
        }
    }

    /** What people said of each pair; a pair of which nobody said anything is absent. */
    Mono<Map<Set<UUID>, Set<MatchExplanation.Guard>>> keptApart(
            TenantId tenant, Collection<Pair> pairs) {
        return database.sql(KEPT_APART)
                .bind("tenant", tenant.value())
                .bind("a", pairs.stream().map(Pair::a).toArray(UUID[]::new))
                .bind("b", pairs.stream().map(Pair::b).toArray(UUID[]::new))
                .map(
                        row ->
                                Map.entry(
                                        Set.of(
                                                Objects.requireNonNull(row.get(0, UUID.class)),
                                                Objects.requireNonNull(row.get(1, UUID.class))),
                                        "ban".equals(row.get(2, String.class))
                                                ? MatchExplanation.Guard.BANNED
                                                : MatchExplanation.Guard.TAKEN_APART))
                .all()
                .collect(
                        Collectors.groupingBy(
                                Map.Entry::getKey,
                                Collectors.mapping(Map.Entry::getValue, Collectors.toSet())));
    }
}
