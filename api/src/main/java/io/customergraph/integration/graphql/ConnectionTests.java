package io.customergraph.integration.graphql;

import io.customergraph.change.AuditLog;
import io.customergraph.customer.UserError;
import io.customergraph.integration.ConnectionAccess;
import io.customergraph.integration.OpenConnection;
import io.customergraph.provider.check.ConnectionCheck;
import io.customergraph.tenant.TenantContext;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import reactor.core.publisher.Mono;

import java.util.Map;
import java.util.UUID;

/** Tests connections for callers. */
@Component
final class ConnectionTests {

    private final ConnectionAccess access;
    private final ConnectionCheck check;
    private final AuditLog audit;

    ConnectionTests(ConnectionAccess access, ConnectionCheck check, AuditLog audit) {
        this.access = access;
        this.check = check;
        this.audit = audit;
    }

    /** What became of asking for a test. */
    sealed interface Tested {

        /** The provider was asked; the problem is null where the connection works. */
        record Done(UUID connection, @Nullable String problem) implements Tested {}

        record Refused(UserError error) implements Tested {}
    }

    Mono<Tested> run(UUID connection) {
        return access.open(connection)
                .flatMap(
                        open ->
                                open.connection().isConnected()
                                        ? test(open)
                                        : Mono.just(
                                                refused(
                                                        UserError.Code.BLOCKED,
                                                        "The connection waits for the provider's"
                                                                + " consent; authorize it first")))
                .defaultIfEmpty(
                        refused(
                                UserError.Code.NOT_FOUND,
                                "There is no such connection, or none any more"));
    }

    private Mono<Tested> test(OpenConnection open) {
        UUID id = open.connection().id();
        return check.run(open)
                .flatMap(
                        result ->
                                TenantContext.caller()
                                        .flatMap(
                                                caller ->
                                                        audit.add(
                                                                caller,
                                                                "testIntegration",
                                                                "integration_connection",
                                                                id,
                                                                Map.of("works", result.works())))
                                        .<Tested>thenReturn(new Tested.Done(id, result.problem())))
                .defaultIfEmpty(
                        refused(
                                UserError.Code.BLOCKED,
                                open.provider().name()
                                        + " has no call that would test a connection; what comes"
                                        + " in will show whether it works"));
    }

    private static Tested refused(UserError.Code code, String message) {
        return new Tested.Refused(UserError.of(code, "id", message));
    }
}
