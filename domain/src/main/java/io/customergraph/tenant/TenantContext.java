package io.customergraph.tenant;

import reactor.core.publisher.Mono;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

/**
 * Carries the tenant of a call, and the caller where there is one, in the Reactor context: the only
 * place where they are kept.
 */
public final class TenantContext {

    private TenantContext() {}

    /** The context of work that nobody asked for in person: ingestion, jobs. */
    public static Context of(TenantId tenant) {
        return Context.of(TenantId.class, tenant);
    }

    /** The context of a caller's request. */
    public static Context of(Caller caller) {
        return Context.of(TenantId.class, caller.tenant(), Caller.class, caller);
    }

    /**
     * The tenant of the call.
     *
     * @throws IllegalStateException where nobody said whose call it is: no data is anybody's
     */
    public static TenantId tenant(ContextView context) {
        return context.<TenantId>getOrEmpty(TenantId.class)
                .orElseThrow(
                        () -> new IllegalStateException("No tenant in the context of this call"));
    }

    /** {@link #tenant(ContextView)} as the start of a pipeline. */
    public static Mono<TenantId> tenant() {
        return Mono.deferContextual(context -> Mono.just(tenant(context)));
    }

    /**
     * The caller, as the start of a pipeline.
     *
     * @throws IllegalStateException (as the Mono's error) outside a caller's request
     */
    public static Mono<Caller> caller() {
        return Mono.deferContextual(context -> Mono.just(caller(context)));
    }

    /**
     * The caller of a context.
     *
     * @throws IllegalStateException outside a caller's request
     */
    public static Caller caller(ContextView context) {
        return context.<Caller>getOrEmpty(Caller.class)
                .orElseThrow(() -> new IllegalStateException("No caller in this context"));
    }
}
