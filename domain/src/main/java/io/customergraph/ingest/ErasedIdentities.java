package io.customergraph.ingest;

import io.customergraph.paging.Row;
import io.customergraph.secret.Secret;
import io.customergraph.secret.SecretKeys;
import io.customergraph.secret.SecretOwner;
import io.customergraph.tenant.TenantId;

import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;

import reactor.core.publisher.Mono;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;

/**
 * Remembers what was erased by keyed hashes, so that a source which brings it again is recognised,
 * and nobody can read from them what it was.
 */
public final class ErasedIdentities {

    private static final int KEY_BYTES = 32;

    /** The key is the tenant's, and of nothing else. */
    private static final UUID OF_TENANT = new UUID(0, 0);

    private static final String KEEP_KEY =
            """
            INSERT INTO erasure_keys (tenant_id, ciphertext, key_id)
            VALUES (:tenant, :ciphertext, :key)
            ON CONFLICT (tenant_id) DO NOTHING
            """;

    private static final String KEY =
            "SELECT encode(ciphertext, 'base64') FROM erasure_keys WHERE tenant_id = :tenant";

    private static final String ADD =
            """
            INSERT INTO erased_identities AS e (tenant_id, hash, erased_at)
            SELECT DISTINCT :tenant, decode(h, 'hex'), now() FROM unnest(:hashes::text[]) AS h
            ON CONFLICT (tenant_id, hash) DO UPDATE
            SET erased_at = greatest(e.erased_at, excluded.erased_at)
            """;

    private static final String WHEN =
            """
            SELECT encode(e.hash, 'hex'), e.erased_at
            FROM unnest(:hashes::text[]) AS h
            JOIN erased_identities e ON e.tenant_id = (SELECT :tenant) AND e.hash = decode(h, 'hex')
            """;

    private final DatabaseClient database;
    private final @Nullable SecretKeys keys;

    public ErasedIdentities(DatabaseClient database, SecretKeys keys) {
        this.database = database;
        this.keys = keys;
    }

    /** Of a database where nobody was erased; where somebody was, everything is an error. */
    ErasedIdentities(DatabaseClient database) {
        this.database = database;
        this.keys = null;
    }

    /** Whose secret the key is. */
    public static SecretOwner owner(TenantId tenant) {
        return new SecretOwner(tenant, OF_TENANT, "erasure_key");
    }

    private SecretKeys keys() {
        if (keys == null) {
            throw new IllegalStateException(
                    "People were erased here, and without the keys of the secrets nobody can tell"
                            + " whether a record is of one of them");
        }
        return keys;
    }

    /** Reads a key as the database has it, in base64. */
    ErasureKey key(TenantId tenant, String ciphertext) {
        return ErasureKey.of(
                keys().decrypt(owner(tenant), Base64.getMimeDecoder().decode(ciphertext)));
    }

    /** The tenant's key, made where there is none; to be called within a transaction. */
    Mono<ErasureKey> keyFor(TenantId tenant) {
        return stored(tenant)
                .switchIfEmpty(Mono.defer(() -> make(tenant).then(stored(tenant))))
                .map(ciphertext -> key(tenant, ciphertext));
    }

    private Mono<String> stored(TenantId tenant) {
        return database.sql(KEY).bind("tenant", tenant.value()).map(row -> Row.text(row, 0)).one();
    }

    private Mono<Void> make(TenantId tenant) {
        byte[] random = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(random);
        byte[] ciphertext =
                keys().encrypt(
                                owner(tenant),
                                Secret.of(Base64.getEncoder().encodeToString(random)));
        return database.sql(KEEP_KEY)
                .bind("tenant", tenant.value())
                .bind("ciphertext", ciphertext)
                .bind("key", SecretKeys.keyIdOf(ciphertext))
                .then();
    }

    /** Remembers, as of now; to be called within the transaction of the erasure. */
    Mono<Void> add(TenantId tenant, Collection<String> hashes) {
        return hashes.isEmpty()
                ? Mono.empty()
                : database.sql(ADD)
                        .bind("tenant", tenant.value())
                        .bind("hashes", hashes.toArray(String[]::new))
                        .then();
    }

    /** When each of them was erased; the others are absent. */
    Mono<Map<String, Instant>> when(TenantId tenant, Collection<String> hashes) {
        return database.sql(WHEN)
                .bind("tenant", tenant.value())
                .bind("hashes", hashes.toArray(String[]::new))
                .map(row -> Map.entry(Row.text(row, 0), Row.time(row, 1)))
                .all()
                .collectMap(Map.Entry::getKey, Map.Entry::getValue);
    }
}
