package io.customergraph.customer;

import io.customergraph.sql.JsonRows;
import io.customergraph.tenant.TenantId;

import org.springframework.r2dbc.core.DatabaseClient;

import reactor.core.publisher.Mono;

import java.util.List;
import java.util.UUID;

/** Keeps the text that customers are searched in: names, and every living e-mail and phone. */
public final class CustomerSearch {

    private static final String UPSERT =
            """
            INSERT INTO customer_search (tenant_id, customer_id, search_text)
            SELECT :tenant, r.customer_id,
                   left(concat_ws(' ', r.names, (
                       SELECT string_agg(i.value, ' ' ORDER BY i.kind, i.value)
                       FROM customer_identifiers i
                       WHERE i.tenant_id = :tenant AND i.customer_id = r.customer_id
                         AND i.valid_to IS NULL AND i.kind IN ('email', 'phone'))), 2000)
            FROM json_to_recordset(:rows::json) AS r (customer_id uuid, names text)
            ON CONFLICT (tenant_id, customer_id) DO UPDATE SET search_text = excluded.search_text
            """;

    private final DatabaseClient database;

    public CustomerSearch(DatabaseClient database) {
        this.database = database;
    }

    /** The names of a customer as {@link CustomerNames#searchNames} gives them. */
    public record Names(UUID customerId, String names) {}

    /** Writes the search text anew; to be called after names and identifiers were written. */
    public Mono<Void> update(TenantId tenant, List<Names> customers) {
        return customers.isEmpty()
                ? Mono.empty()
                : database.sql(UPSERT)
                        .bind("tenant", tenant.value())
                        .bind("rows", JsonRows.of(customers))
                        .then();
    }
}
