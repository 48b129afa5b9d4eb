package io.customergraph.security;

import io.customergraph.tenant.Caller;
import io.customergraph.tenant.Scope;
import io.customergraph.tenant.TenantId;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.Readable;

import org.springframework.r2dbc.core.DatabaseClient;

import reactor.core.publisher.Mono;

import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

/** The keys in the database, asked before a tenant is known: one question, for one hash. */
final class StoredKeys implements KeyDirectory {

    private static final String AUTHENTICATE =
            """
            SELECT tenant_id, id, name, scopes, requests_per_minute, expires_at
            FROM authenticate_api_key(:hash)
            """;

    private final DatabaseClient database;

    StoredKeys(ConnectionFactory unbound) {
        this.database = DatabaseClient.create(unbound);
    }

    @Override
    public Mono<ApiKey> find(KeyHash hash) {
        return database.sql(AUTHENTICATE).bind("hash", hash.toArray()).map(StoredKeys::key).one();
    }

    private static ApiKey key(Readable row) {
        return new ApiKey(
                required(row, 1, UUID.class),
                new Caller(
                        new TenantId(required(row, 0, String.class)),
                        "key:" + required(row, 2, String.class),
                        scopes(required(row, 3, String[].class))),
                required(row, 4, Integer.class),
                row.get(5, Instant.class));
    }

    /** A scope that this version does not know opens nothing here. */
    private static Set<Scope> scopes(String[] codes) {
        Set<Scope> scopes = EnumSet.noneOf(Scope.class);
        Arrays.stream(codes).forEach(code -> Scope.ofCode(code).ifPresent(scopes::add));
        return scopes;
    }

    private static <T> T required(Readable row, int column, Class<T> type) {
        return Objects.requireNonNull(row.get(column, type));
    }
}
