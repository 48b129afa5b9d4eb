package io.customergraph.delivery;

import io.customergraph.tenant.TenantId;

import reactor.core.publisher.Mono;

import java.nio.ByteBuffer;
import java.util.UUID;

/**
 * Keeps the bodies of deliveries, which hold personal data, outside the database. Who reads one
 * says so in {@code webhook_access_logs}.
 */
public interface BodyStore {

    /**
     * Keeps a body; it survives a crash once this completes.
     *
     * @return the reference to find it by, which names its tenant and no person
     */
    Mono<String> put(TenantId tenant, UUID connection, UUID event, ByteBuffer body);

    /** The bytes as they came; empty where there is no such body, or none of the tenant. */
    Mono<ByteBuffer> get(TenantId tenant, String reference);

    /** Deletes for good; nothing where there is none. */
    Mono<Void> delete(TenantId tenant, String reference);
}
