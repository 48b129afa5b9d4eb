package io.customergraph.change;

import io.customergraph.id.TimeOrderedId;
import io.customergraph.sql.JsonRows;
import io.customergraph.tenant.Caller;

import org.springframework.r2dbc.core.DatabaseClient;

import reactor.core.publisher.Mono;

import java.util.Map;
import java.util.UUID;

/** Who did what to which thing. */
public final class AuditLog {

    /** The key of the request's correlation id in the Reactor context. */
    public static final String CORRELATION_ID = "correlationId";

    private static final String INSERT =
            """
            INSERT INTO audit_log (
                tenant_id, id, actor, action, subject_type, subject_id, detail, correlation_id)
            VALUES (:tenant, :id, :actor, :action, :subjectType, :subjectId, :detail::jsonb,
                    nullif(:correlationId, ''))
            """;

    private final DatabaseClient database;

    public AuditLog(DatabaseClient database) {
        this.database = database;
    }

    /**
     * Adds an entry; to be called within the transaction of the deed.
     *
     * @param detail names of fields and ids, never values: the log holds no personal data
     */
    public Mono<Void> add(
            Caller caller,
            String action,
            String subjectType,
            UUID subjectId,
            Map<String, Object> detail) {
        return Mono.deferContextual(
                context ->
                        database.sql(INSERT)
                                .bind("tenant", caller.tenant().value())
                                .bind("id", TimeOrderedId.next())
                                .bind("actor", caller.name())
                                .bind("action", action)
                                .bind("subjectType", subjectType)
                                .bind("subjectId", subjectId)
                                .bind("detail", JsonRows.MAPPER.writeValueAsString(detail))
                                .bind(
                                        "correlationId",
                                        context.<String>getOrEmpty(CORRELATION_ID).orElse(""))
                                .then());
    }
}
