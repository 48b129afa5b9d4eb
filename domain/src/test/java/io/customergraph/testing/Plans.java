package io.customergraph.testing;

import io.customergraph.tenant.TenantContext;
import io.customergraph.tenant.TenantId;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;

import reactor.core.publisher.Flux;

import java.util.List;
import java.util.Objects;
import java.util.function.Function;

/**
 * The plans that PostgreSQL makes for the application's role, row-level security and all. Reading a
 * whole table is made dear, as it is where a table is large: what a plan then does without an
 * index, no index can do for it.
 */
public final class Plans {

    private static final String DEAR =
            "SELECT set_config('enable_seqscan', 'off', true),"
                    + " set_config('enable_bitmapscan', 'off', true)";

    private Plans() {}

    /**
     * The plan of a statement.
     *
     * @param explain makes it of a client, with its values bound
     */
    public static String of(TenantId tenant, Function<DatabaseClient, GenericExecuteSpec> explain) {
        DatabaseClient client = TestDatabase.shared().client();
        Flux<String> lines =
                client.sql(DEAR)
                        .then()
                        .thenMany(
                                Flux.defer(
                                        () ->
                                                explain.apply(client)
                                                        .map(
                                                                row ->
                                                                        Objects.requireNonNull(
                                                                                row.get(
                                                                                        0,
                                                                                        String
                                                                                                .class)))
                                                        .all()));
        List<String> plan =
                lines.as(TestDatabase.shared().transaction()::transactional)
                        .collectList()
                        .contextWrite(TenantContext.of(tenant))
                        .block();
        return String.join("\n", Objects.requireNonNull(plan));
    }
}
