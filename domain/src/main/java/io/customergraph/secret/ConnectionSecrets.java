package io.customergraph.secret;

import io.customergraph.id.TimeOrderedId;
import io.customergraph.paging.Row;
import io.customergraph.sql.JsonRows;
import io.customergraph.sql.SqlTime;
import io.customergraph.tenant.TenantContext;
import io.customergraph.tenant.TenantId;

import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;

import reactor.core.publisher.Mono;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/** Keeps the secrets of the tenant's connections. */
public final class ConnectionSecrets {

    private static final String RETIRE =
            """
            UPDATE integration_secrets
            SET valid_until = now() + make_interval(secs => :keep)
            WHERE tenant_id = :tenant AND connection_id = :connection AND field = ANY (:fields)
              AND coalesce(valid_until, 'infinity') > now() + make_interval(secs => :keep)
            """;

    private static final String INSERT =
            """
            INSERT INTO integration_secrets (
                tenant_id, id, connection_id, field, ciphertext, key_id, last_four, expires_at)
            SELECT :tenant, r.id, :connection, r.field, decode(r.ciphertext, 'base64'), r.key_id,
                   r.last_four, :expires
            FROM json_to_recordset(:rows::json) AS r (
                id uuid, field text, ciphertext text, key_id bigint, last_four text)
            """;

    private static final String FORGET_ENDED =
            """
            DELETE FROM integration_secrets
            WHERE tenant_id = :tenant AND connection_id = :connection AND valid_until <= now()
            """;

    private static final String FORGET =
            """
            DELETE FROM integration_secrets
            WHERE tenant_id = :tenant AND connection_id = :connection
            """;

    private static final String VALID =
            """
            SELECT field, ciphertext
            FROM integration_secrets
            WHERE tenant_id = :tenant AND connection_id = :connection
              AND (valid_until IS NULL OR valid_until > now())
            ORDER BY field, valid_until DESC NULLS FIRST, id DESC
            """;

    private final DatabaseClient database;
    private final SecretKeys keys;

    public ConnectionSecrets(DatabaseClient database, SecretKeys keys) {
        this.database = database;
        this.keys = keys;
    }

    /** Replaces the named secrets at once; to be called within the transaction of the deed. */
    public Mono<Void> put(UUID connection, Map<String, Secret> secrets) {
        return put(connection, secrets, Duration.ZERO, null);
    }

    /**
     * Replaces the named secrets; to be called within the transaction of the deed.
     *
     * @param keepOldFor how long the former ones are still good, for signatures that are under way;
     *     none of them longer, also where an earlier replacement said so
     * @param expiresAt when the provider ends the new ones; null where it does not
     */
    public Mono<Void> put(
            UUID connection,
            Map<String, Secret> secrets,
            Duration keepOldFor,
            @Nullable Instant expiresAt) {
        if (secrets.isEmpty()) {
            return Mono.empty();
        }
        return TenantContext.tenant()
                .flatMap(
                        tenant ->
                                retire(tenant, connection, secrets.keySet(), keepOldFor)
                                        .then(forget(FORGET_ENDED, tenant, connection))
                                        .then(insert(tenant, connection, secrets, expiresAt)));
    }

    /** Forgets all secrets of a connection. */
    public Mono<Void> forget(UUID connection) {
        return TenantContext.tenant().flatMap(tenant -> forget(FORGET, tenant, connection));
    }

    /**
     * The secrets of a connection that are good now, by their fields: the current one first, then
     * those that it replaced and that are still good. A field without any has no entry.
     *
     * @return an error ({@link NotDecryptable}) where one is not what was stored
     */
    public Mono<Map<String, List<Secret>>> valid(UUID connection) {
        return TenantContext.tenant()
                .flatMap(
                        tenant ->
                                database.sql(VALID)
                                        .bind("tenant", tenant.value())
                                        .bind("connection", connection)
                                        .map(
                                                row ->
                                                        new Stored(
                                                                Row.text(row, 0),
                                                                Objects.requireNonNull(
                                                                        row.get(1, byte[].class))))
                                        .all()
                                        .collectList()
                                        .map(stored -> decrypted(tenant, connection, stored)));
    }

    private static final class Stored {
        private final String field;
        private final byte[] ciphertext;

        Stored(String field, byte[] ciphertext) {
            this.field = field;
            this.ciphertext = ciphertext;
        }
    }

    private Map<String, List<Secret>> decrypted(
            TenantId tenant, UUID connection, List<Stored> stored) {
        Map<String, List<Secret>> secrets = new LinkedHashMap<>();
        for (Stored one : stored) {
            SecretOwner owner = new SecretOwner(tenant, connection, one.field);
            secrets.computeIfAbsent(one.field, field -> new ArrayList<>(1))
                    .add(keys.decrypt(owner, one.ciphertext));
        }
        return secrets;
    }

    private Mono<Void> retire(
            TenantId tenant, UUID connection, Collection<String> fields, Duration keep) {
        return database.sql(RETIRE)
                .bind("tenant", tenant.value())
                .bind("connection", connection)
                .bind("fields", fields.toArray(String[]::new))
                .bind("keep", (double) keep.toSeconds())
                .then();
    }

    private Mono<Void> forget(String sql, TenantId tenant, UUID connection) {
        return database.sql(sql)
                .bind("tenant", tenant.value())
                .bind("connection", connection)
                .then();
    }

    private record NewRow(
            UUID id, String field, String ciphertext, long keyId, @Nullable String lastFour) {}

    private Mono<Void> insert(
            TenantId tenant,
            UUID connection,
            Map<String, Secret> secrets,
            @Nullable Instant expiresAt) {
        List<NewRow> rows = new ArrayList<>(secrets.size());
        secrets.forEach(
                (field, secret) -> {
                    byte[] ciphertext =
                            keys.encrypt(new SecretOwner(tenant, connection, field), secret);
                    rows.add(
                            new NewRow(
                                    TimeOrderedId.next(),
                                    field,
                                    Base64.getEncoder().encodeToString(ciphertext),
                                    SecretKeys.keyIdOf(ciphertext),
                                    secret.lastFour()));
                });
        return database.sql(INSERT)
                .bind("tenant", tenant.value())
                .bind("connection", connection)
                .bind("rows", JsonRows.of(rows))
                .bind("expires", SqlTime.of(expiresAt))
                .then();
    }
}
