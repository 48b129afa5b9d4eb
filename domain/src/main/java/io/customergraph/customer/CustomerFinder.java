package io.customergraph.customer;

import io.customergraph.matching.normalize.Phone;
import io.customergraph.paging.Row;
import io.customergraph.sql.JsonRows;
import io.customergraph.tenant.TenantContext;

import org.springframework.r2dbc.core.DatabaseClient;

import reactor.core.publisher.Mono;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Finds the one customer that is known by a value. */
public final class CustomerFinder {

    /** An id in two shops is two people, so that it names one only with its shop. */
    private static final String OWNER =
            """
            SELECT customer_id
            FROM customer_identifiers
            WHERE tenant_id = :tenant AND kind = :kind AND value = :value AND valid_to IS NULL
              AND NOT is_generic AND (:scope = '*' OR scope = :scope)
            LIMIT 2
            """;

    private final DatabaseClient database;
    private final IdentifierPolicyRepository policies;

    public CustomerFinder(DatabaseClient database) {
        this.database = database;
        this.policies = new IdentifierPolicyRepository(database);
    }

    /**
     * The customer that a key names now. An id names itself, whether there is one or not; of a
     * value that is one of several people's nobody is named.
     */
    public Mono<UUID> find(CustomerKey key) {
        return switch (key) {
            case CustomerKey.Id named -> Mono.just(named.id());
            case CustomerKey.Value named -> owner(named.kind(), named.scope(), named.value());
        };
    }

    /**
     * What is written, a national number read in the tenant's region; empty where it is no phone.
     */
    public Mono<Optional<Phone>> phone(String written) {
        return TenantContext.tenant()
                .flatMap(policies::of)
                .map(known -> Phone.of(written, known.defaultRegion()));
    }

    private Mono<UUID> owner(IdentifierKind kind, String scope, String value) {
        return TenantContext.tenant()
                .flatMap(
                        tenant ->
                                database.sql(OWNER)
                                        .bind("tenant", tenant.value())
                                        .bind("kind", kind.code())
                                        .bind("value", JsonRows.clean(value))
                                        .bind("scope", JsonRows.clean(scope))
                                        .map(row -> Row.id(row, 0))
                                        .all()
                                        .collectList())
                .filter(owners -> owners.size() == 1)
                .map(List::getFirst);
    }
}
