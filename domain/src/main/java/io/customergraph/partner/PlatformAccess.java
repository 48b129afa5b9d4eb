package io.customergraph.partner;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.reactive.TransactionalOperator;

import reactor.core.publisher.Mono;

/**
 * Says to the database, for one transaction, what is about to be done with the platform's own
 * accounts; row-level security shows them to nobody else. The setting ends with the transaction, so
 * that no pooled connection keeps it.
 */
final class PlatformAccess {

    private static final String SAY = "SELECT set_config('customergraph.platform', :what, true)";

    private final DatabaseClient database;
    private final TransactionalOperator transaction;

    PlatformAccess(DatabaseClient database, TransactionalOperator transaction) {
        this.database = database;
        this.transaction = transaction;
    }

    /** For a call to a provider: read only. */
    <T> Mono<T> use(Mono<T> work) {
        return as("use", work);
    }

    /** For a caller who administers the programmes; its scope is checked before. */
    <T> Mono<T> administer(Mono<T> work) {
        return as("admin", work);
    }

    /** A transaction that it is within goes on without the setting. */
    private <T> Mono<T> as(String what, Mono<T> work) {
        return say(what)
                .then(work)
                .flatMap(done -> say("").thenReturn(done))
                .switchIfEmpty(Mono.defer(() -> say("").then(Mono.empty())))
                .as(transaction::transactional);
    }

    private Mono<Void> say(String what) {
        return database.sql(SAY).bind("what", what).then();
    }
}
