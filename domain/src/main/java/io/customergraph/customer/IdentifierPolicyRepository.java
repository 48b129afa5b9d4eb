package io.customergraph.customer;

import io.customergraph.tenant.TenantId;
import io.r2dbc.spi.Readable;

import org.springframework.r2dbc.core.DatabaseClient;

import reactor.core.publisher.Mono;

import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;

/** The identifier policies of a tenant. */
public final class IdentifierPolicyRepository {

    private static final String SELECT =
            """
            SELECT p.kind, p.priority, p.max_people, p.window_days, p.blocked_patterns,
                   p.unique_per_person, p.one_per_account, t.default_region
            FROM tenants t
            JOIN identifier_policies p ON p.tenant_id = t.id
            WHERE t.id = :tenant
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
                .map(row -> new Row(text(row, "default_region"), policy(row)))
                .all()
                .collectList()
                .map(
                        rows -> {
                            if (rows.isEmpty()) {
                                throw new IllegalStateException("There is no tenant " + tenant);
                            }
                            return IdentifierPolicies.of(
                                    rows.getFirst().region(),
                                    rows.stream().map(Row::policy).toList());
                        });
    }

    private record Row(String region, IdentifierPolicy policy) {}

    private static IdentifierPolicy policy(Readable row) {
        return new IdentifierPolicy(
                IdentifierKind.ofCode(text(row, "kind")),
                number(row, "priority"),
                number(row, "max_people"),
                Duration.ofDays(number(row, "window_days")),
                Arrays.asList(Objects.requireNonNull(row.get("blocked_patterns", String[].class))),
                Boolean.TRUE.equals(row.get("unique_per_person", Boolean.class)),
                Boolean.TRUE.equals(row.get("one_per_account", Boolean.class)));
    }

    private static String text(Readable row, String column) {
        return Objects.requireNonNull(row.get(column, String.class));
    }

    private static int number(Readable row, String column) {
        return Objects.requireNonNull(row.get(column, Integer.class));
    }
}
