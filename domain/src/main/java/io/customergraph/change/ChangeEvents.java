package io.customergraph.change;

import io.customergraph.sql.JsonRows;
import io.customergraph.tenant.TenantId;

import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;

import reactor.core.publisher.Mono;

import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The outbox. */
public final class ChangeEvents {

    private static final String INSERT =
            """
            INSERT INTO change_events (tenant_id, kind, customer_id, other_customer_id, detail)
            SELECT :tenant, kind, customer_id, other_customer_id, detail
            FROM json_to_recordset(:rows::json) AS r (
                kind text, customer_id uuid, other_customer_id uuid, detail jsonb)
            """;

    private final DatabaseClient database;

    public ChangeEvents(DatabaseClient database) {
        this.database = database;
    }

    private record Row(
            String kind,
            UUID customerId,
            @Nullable UUID otherCustomerId,
            Map<String, Object> detail) {}

    /** Adds events; to be called within the transaction of what they tell of. */
    public Mono<Void> add(TenantId tenant, List<ChangeEvent> events) {
        if (events.isEmpty()) {
            return Mono.empty();
        }
        List<Row> rows =
                events.stream()
                        .map(
                                event ->
                                        new Row(
                                                event.kind().code(),
                                                event.customerId(),
                                                event.otherCustomerId(),
                                                event.detail()))
                        .toList();
        return database.sql(INSERT)
                .bind("tenant", tenant.value())
                .bind("rows", JsonRows.of(rows))
                .then();
    }
}
