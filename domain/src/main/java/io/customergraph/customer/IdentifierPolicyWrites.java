package io.customergraph.customer;

import io.customergraph.change.AuditLog;
import io.customergraph.tenant.Caller;
import io.customergraph.tenant.TenantContext;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.reactive.TransactionalOperator;

import reactor.core.publisher.Mono;

import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Changes how identifiers are trusted. Records that come from then on are resolved so. */
public final class IdentifierPolicyWrites {

    /** The audit log names things by ids; a policy's is its kind. */
    private static final UUID NONE = new UUID(0, 0);

    private final IdentifierPolicyRepository policies;
    private final AuditLog audit;
    private final TransactionalOperator transaction;

    public IdentifierPolicyWrites(DatabaseClient database, TransactionalOperator transaction) {
        this.policies = new IdentifierPolicyRepository(database);
        this.audit = new AuditLog(database);
        this.transaction = transaction;
    }

    /** Changes a policy; gives what the caller can mend, and is empty where it was done. */
    public Mono<List<UserError>> set(PolicyChange change) {
        List<UserError> errors = change.errors();
        return errors.isEmpty()
                ? TenantContext.caller()
                        .flatMap(caller -> transaction.transactional(write(caller, change)))
                        .thenReturn(List.of())
                : Mono.just(errors);
    }

    private Mono<Void> write(Caller caller, PolicyChange change) {
        return policies.update(caller.tenant(), change)
                .then(
                        audit.add(
                                caller,
                                "setIdentifierPolicy",
                                "identifier_policy",
                                NONE,
                                Map.of("kind", change.kind().code())));
    }
}
