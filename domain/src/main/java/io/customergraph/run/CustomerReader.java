package io.customergraph.run;

import io.customergraph.run.ReadCustomers.CustomerRow;
import io.customergraph.tenant.TenantId;

import org.springframework.r2dbc.core.DatabaseClient;

import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/** Reads all customers of a tenant, in batches. */
final class CustomerReader {

    private static final int READ = 5_000;

    /** A phone that is shared under several names is compared all the same. */
    private static final String CUSTOMERS =
            """
            SELECT c.id, t.default_region, c.email::text,
                   coalesce(c.phone, (SELECT i.value FROM customer_identifiers i
                                      WHERE i.tenant_id = :tenant AND i.customer_id = c.id
                                        AND i.kind = 'phone' AND i.valid_to IS NULL
                                      ORDER BY i.is_generic, i.valid_from DESC, i.id
                                      LIMIT 1)),
                   c.first_name, c.last_name
            FROM customers c
            JOIN tenants t ON t.id = c.tenant_id
            WHERE c.tenant_id = :tenant AND c.status IN ('active', 'inactive')
              AND c.id > :after
            ORDER BY c.id
            LIMIT :limit
            """;

    private final DatabaseClient database;
    private final MatchRuns runs;
    private final Clock clock;

    CustomerReader(DatabaseClient database, MatchRuns runs, Clock clock) {
        this.database = database;
        this.runs = runs;
        this.clock = clock;
    }

    Mono<ReadCustomers> read(TenantId tenant, UUID run) {
        ReadCustomers read = new ReadCustomers(LocalDate.now(clock));
        return Mono.defer(() -> batch(tenant, read))
                .flatMap(
                        rows ->
                                Mono.fromRunnable(() -> read.add(rows))
                                        .subscribeOn(Schedulers.boundedElastic())
                                        .then(
                                                runs.progress(
                                                        tenant,
                                                        run,
                                                        "reading",
                                                        read.size() + (long) rows.size(),
                                                        0))
                                        .thenReturn(rows.size()))
                .repeat()
                .takeUntil(size -> size < READ)
                .then(Mono.just(read));
    }

    private Mono<List<CustomerRow>> batch(TenantId tenant, ReadCustomers read) {
        return database.sql(CUSTOMERS)
                .bind("tenant", tenant.value())
                .bind("after", read.last())
                .bind("limit", READ)
                .map(
                        row ->
                                new CustomerRow(
                                        Objects.requireNonNull(row.get(0, UUID.class)),
                                        Objects.requireNonNull(row.get(1, String.class)),
                                        row.get(2, String.class),
                                        row.get(3, String.class),
                                        row.get(4, String.class),
                                        row.get(5, String.class)))
                .all()
                .collectList();
    }
}
