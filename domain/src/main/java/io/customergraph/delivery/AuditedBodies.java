package io.customergraph.delivery;

import io.customergraph.change.AuditLog;
import io.customergraph.id.Sha256;
import io.customergraph.id.TimeOrderedId;
import io.customergraph.sql.JsonRows;
import io.customergraph.tenant.Caller;
import io.customergraph.tenant.TenantContext;
import io.customergraph.tenant.TenantId;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.r2dbc.core.DatabaseClient;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.context.ContextView;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * The one way to the bodies of deliveries: who reads one is in {@code webhook_access_logs} before
 * it is given out, by the name of the caller of the context, or as {@code system}.
 */
public final class AuditedBodies {

    /** Work that nobody asked for in person. */
    static final String SYSTEM = "system";

    private static final Logger LOG = LoggerFactory.getLogger(AuditedBodies.class);
    private static final int READS_AT_ONCE = 8;

    private static final String NOTE =
            """
            INSERT INTO webhook_access_logs (
                tenant_id, id, connection_id, event_id, actor, purpose, correlation_id)
            SELECT :tenant, r.id, r.connection_id, r.event_id, :actor, :purpose,
                   nullif(:correlationId, '')
            FROM json_to_recordset(:rows::json) AS r (id uuid, connection_id uuid, event_id uuid)
            """;

    private final DatabaseClient database;
    private final BodyStore store;

    public AuditedBodies(DatabaseClient database, BodyStore store) {
        this.database = database;
        this.store = store;
    }

    /**
     * The text of a body of the tenant of the context; empty where it is gone, or is not what was
     * stored.
     */
    public Mono<String> read(StoredBody body, AccessPurpose purpose) {
        return readAll(List.of(body), purpose).mapNotNull(found -> found.get(body.event()));
    }

    /**
     * The texts of bodies of the tenant of the context, by their events, after one statement. A
     * body that is gone, or is not what was stored, has no entry. The note is part of the
     * transaction of the context, where there is one: call it before one that may be rolled back.
     */
    public Mono<Map<UUID, String>> readAll(Collection<StoredBody> bodies, AccessPurpose purpose) {
        return bodies.isEmpty()
                ? Mono.just(Map.of())
                : TenantContext.tenant()
                        .flatMap(
                                tenant ->
                                        note(bodies, purpose)
                                                .thenMany(Flux.fromIterable(bodies))
                                                .flatMap(body -> get(tenant, body), READS_AT_ONCE)
                                                .collectMap(Found::event, Found::text));
    }

    private record Found(UUID event, String text) {}

    private Mono<Found> get(TenantId tenant, StoredBody body) {
        return store.get(tenant, body.reference())
                .filter(bytes -> isWhatWasStored(bytes, body))
                .map(
                        bytes ->
                                new Found(
                                        body.event(),
                                        StandardCharsets.UTF_8.decode(bytes).toString()));
    }

    private static boolean isWhatWasStored(ByteBuffer bytes, StoredBody body) {
        boolean isIt = Sha256.hex(bytes).equals(body.sha256());
        if (!isIt) {
            LOG.error("The body of event {} is not what was stored", body.event());
        }
        return isIt;
    }

    private record Access(UUID id, UUID connectionId, UUID eventId) {}

    private Mono<Void> note(Collection<StoredBody> bodies, AccessPurpose purpose) {
        List<Access> rows =
                bodies.stream()
                        .map(
                                body ->
                                        new Access(
                                                TimeOrderedId.next(),
                                                body.connection(),
                                                body.event()))
                        .toList();
        return Mono.deferContextual(
                context ->
                        database.sql(NOTE)
                                .bind("tenant", TenantContext.tenant(context).value())
                                .bind("actor", actor(context))
                                .bind("purpose", purpose.code())
                                .bind(
                                        "correlationId",
                                        context.<String>getOrEmpty(AuditLog.CORRELATION_ID)
                                                .orElse(""))
                                .bind("rows", JsonRows.of(rows))
                                .then());
    }

    private static String actor(ContextView context) {
        return context.<Caller>getOrEmpty(Caller.class).map(Caller::name).orElse(SYSTEM);
    }
}
