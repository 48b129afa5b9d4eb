package io.customergraph.delivery;

import io.customergraph.tenant.TenantId;

import reactor.core.publisher.Mono;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.UUID;

/**
 * Keeps the bodies of deliveries, which hold personal data, outside the database. Who reads one
 * says so in {@code webhook_access_logs}.
 */
public interface BodyStore {

    /** The most bytes of a body, to be put and to be got: no connection takes larger ones. */
    int LARGEST = 26_214_400;

    /**
     * Keeps a body; it survives a crash once this completes. Where it fails, or nobody waits for it
     * any more, the body may be there all the same: {@link BodySweep} finds it.
     *
     * @return the reference to find it by, which names no tenant and no person, and was never given
     *     out before
     */
    Mono<String> put(TenantId tenant, UUID connection, UUID event, ByteBuffer body);

    /**
     * The bytes as they came; empty where there is no such body, or none of the tenant. What is
     * there in part, or is larger than any may be, is an error.
     */
    Mono<ByteBuffer> get(TenantId tenant, String reference);

    /** Deletes for good; nothing where there is none. */
    Mono<Void> delete(TenantId tenant, String reference);

    /**
     * What there is of a tenant from before a time, and what a node left unfinished that died; all
     * of it can be deleted.
     *
     * @param after {@link BodyPage#next} of the page before; empty to begin
     * @param atMost how many, and a few more where bodies are kept together
     */
    Mono<BodyPage> list(TenantId tenant, Instant before, String after, int atMost);
}
