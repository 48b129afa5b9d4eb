package io.customergraph.customer;

import io.customergraph.tenant.TenantId;
import io.r2dbc.spi.Parameter;
import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.R2dbcType;
import io.r2dbc.spi.Readable;

import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;

import reactor.core.publisher.Mono;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** The identifier policies of a tenant. */
public final class IdentifierPolicyRepository {

    /**
     * The policies of {@code :tenant}, a row for each kind; {@link #read} makes a policy of one.
     */
    public static final String SELECT =
            """
            SELECT p.kind, p.priority, p.max_people, p.window_days, p.blocked_patterns,
                   p.unique_per_person, p.one_per_account, p.recycled_after_days,
                   t.default_region
            FROM tenants t
            JOIN identifier_policies p ON p.tenant_id = t.id
            WHERE t.id = :tenant
            """;

    /** What is null stays as it is. */
    private static final String UPDATE =
            """
            UPDATE identifier_policies
            SET priority = coalesce(:priority, priority),
                max_people = coalesce(:maxPeople, max_people),
                window_days = coalesce(:windowDays, window_days),
                blocked_patterns = coalesce(:blockedPatterns, blocked_patterns),
                unique_per_person = coalesce(:uniquePerPerson, unique_per_person),
                one_per_account = coalesce(:onePerAccount, one_per_account),
                recycled_after_days = coalesce(:recycledAfterDays, recycled_after_days),
                updated_at = now()
            WHERE tenant_id = :tenant AND kind = :kind
            """;

    private final DatabaseClient database;

    public IdentifierPolicyRepository(DatabaseClient database) {
        this.database = database;
    }

    /**
     * The tenant's policies.
     *
     * @return an error where there is no such tenant
     */
    public Mono<IdentifierPolicies> of(TenantId tenant) {
        return database.sql(SELECT)
                .bind("tenant", tenant.value())
                .map(IdentifierPolicyRepository::read)
                .all()
                .collectList()
                .map(rows -> policies(tenant, rows));
    }

    /**
     * The policies of all rows of {@link #SELECT}.
     *
     * @throws IllegalStateException where there is no such tenant
     */
    public static IdentifierPolicies policies(TenantId tenant, List<Row> rows) {
        if (rows.isEmpty()) {
            throw new IllegalStateException("There is no tenant " + tenant);
        }
        return IdentifierPolicies.of(
                rows.getFirst().region(), rows.stream().map(Row::policy).toList());
    }

    /** Writes a checked change. */
    Mono<Void> update(TenantId tenant, PolicyChange change) {
        return database.sql(UPDATE)
                .bind("tenant", tenant.value())
                .bind("kind", change.kind().code())
                .bind("priority", orNull(R2dbcType.INTEGER, change.priority()))
                .bind("maxPeople", orNull(R2dbcType.INTEGER, change.maxPeople()))
                .bind("windowDays", orNull(R2dbcType.INTEGER, change.windowDays()))
                .bind("blockedPatterns", patterns(change))
                .bind("uniquePerPerson", orNull(R2dbcType.BOOLEAN, change.uniquePerPerson()))
                .bind("onePerAccount", orNull(R2dbcType.BOOLEAN, change.onePerAccount()))
                .bind("recycledAfterDays", orNull(R2dbcType.INTEGER, change.recycledAfterDays()))
                .then();
    }

    private static Parameter orNull(R2dbcType type, @Nullable Object value) {
        return value == null ? Parameters.in(type) : Parameters.in(type, value);
    }

    private static Parameter patterns(PolicyChange change) {
        List<String> patterns = change.blockedPatterns();
        return patterns == null
                ? Parameters.in(String[].class)
                : Parameters.in(patterns.toArray(String[]::new));
    }

    /**
     * A row of {@link #SELECT}.
     *
     * @param region the tenant's, ISO 3166-1 alpha-2
     */
    public record Row(String region, IdentifierPolicy policy) {}

    /** Reads a row of {@link #SELECT}, by the names of its columns. */
    public static Row read(Readable row) {
        return new Row(text(row, "default_region"), policy(row));
    }

    private static IdentifierPolicy policy(Readable row) {
        return new IdentifierPolicy(
                IdentifierKind.ofCode(text(row, "kind")),
                number(row, "priority"),
                number(row, "max_people"),
                Duration.ofDays(number(row, "window_days")),
                Arrays.asList(Objects.requireNonNull(row.get("blocked_patterns", String[].class))),
                Boolean.TRUE.equals(row.get("unique_per_person", Boolean.class)),
                Boolean.TRUE.equals(row.get("one_per_account", Boolean.class)),
                Duration.ofDays(number(row, "recycled_after_days")));
    }

    private static String text(Readable row, String column) {
        return Objects.requireNonNull(row.get(column, String.class));
    }

    private static int number(Readable row, String column) {
        return Objects.requireNonNull(row.get(column, Integer.class));
    }
}
