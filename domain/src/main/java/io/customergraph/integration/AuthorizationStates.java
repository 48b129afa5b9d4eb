package io.customergraph.integration;

import io.customergraph.id.TimeOrderedId;
import io.customergraph.paging.Row;
import io.customergraph.secret.Secret;
import io.customergraph.secret.SecretKeys;
import io.customergraph.secret.SecretOwner;
import io.customergraph.sql.SqlText;
import io.customergraph.tenant.Caller;
import io.customergraph.tenant.TenantContext;
import io.customergraph.tenant.TenantId;
import io.r2dbc.spi.ConnectionFactory;

import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;

import reactor.core.publisher.Mono;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/**
 * Authorizations that were begun and that the provider has not answered yet. A state is good once
 * and for ten minutes; what is stored of it is a hash.
 */
public final class AuthorizationStates {

    private static final Duration LIFE = Duration.ofMinutes(10);
    private static final int RANDOM_BYTES = 32;
    private static final int STATE_LENGTH = 43;

    private static final String INSERT =
            """
            INSERT INTO integration_oauth_states (
                tenant_id, id, connection_id, provider, state_hash, actor, code_verifier,
                redirect_uri, return_to, requested_scopes, expires_at)
            VALUES (:tenant, :id, :connection, :provider, :hash, :actor, :verifier, :redirect,
                    :returnTo, :scopes, now() + make_interval(secs => :life))
            """;

    private static final String USE = "SELECT tenant_id, id FROM use_oauth_state(:hash, :provider)";

    private static final String READ =
            """
            SELECT connection_id, actor, code_verifier, redirect_uri, return_to, requested_scopes
            FROM integration_oauth_states
            WHERE tenant_id = :tenant AND id = :id
            """;

    private final DatabaseClient database;
    private final DatabaseClient unbound;
    private final SecretKeys keys;
    private final SecureRandom random = new SecureRandom();

    /**
     * Keeps states.
     *
     * @param unbound connections without a tenant: whoever answers has none
     */
    public AuthorizationStates(
            DatabaseClient database, ConnectionFactory unbound, SecretKeys keys) {
        this.database = database;
        this.unbound = DatabaseClient.create(unbound);
        this.keys = keys;
    }

    /**
     * What an authorization is begun with.
     *
     * @param returnTo where the browser goes afterwards; checked before
     */
    public record Start(
            UUID connection,
            String provider,
            String redirectUri,
            @Nullable String returnTo,
            List<String> scopes) {

        public Start {
            scopes = List.copyOf(scopes);
        }
    }

    /**
     * One that was begun. Printing it shows neither.
     *
     * @param state for the provider to give back
     * @param verifier of PKCE (RFC 7636)
     */
    public record Begun(Secret state, Secret verifier) {}

    /**
     * One that was answered.
     *
     * @param actor who began
     */
    public record Answered(
            TenantId tenant,
            UUID connection,
            String actor,
            Secret verifier,
            String redirectUri,
            @Nullable String returnTo,
            List<String> scopes) {

        public Answered {
            scopes = List.copyOf(scopes);
        }
    }

    /** Begins one for a caller; to be called within the transaction of the deed. */
    public Mono<Begun> begin(Caller caller, Start start) {
        UUID id = TimeOrderedId.next();
        Begun begun = new Begun(Secret.of(random()), Secret.of(random()));
        return database.sql(INSERT)
                .bind("tenant", caller.tenant().value())
                .bind("id", id)
                .bind("connection", start.connection)
                .bind("provider", start.provider)
                .bind("hash", hash(begun.state.reveal()))
                .bind("actor", caller.name())
                .bind(
                        "verifier",
                        keys.encrypt(owner(caller.tenant(), start.connection, id), begun.verifier))
                .bind("redirect", start.redirectUri)
                .bind("returnTo", SqlText.of(start.returnTo))
                .bind("scopes", start.scopes.toArray(String[]::new))
                .bind("life", (double) LIFE.toSeconds())
                .then()
                .thenReturn(begun);
    }

    /**
     * Uses a state that a provider gave back, for good, whatever becomes of the rest.
     *
     * @return empty where it was never given out, is used or expired, or is another provider's
     */
    public Mono<Answered> use(String state, String provider) {
        if (state.length() != STATE_LENGTH) {
            return Mono.empty();
        }
        return unbound.sql(USE)
                .bind("hash", hash(state))
                .bind("provider", provider)
                .map(row -> new Used(new TenantId(Row.text(row, 0)), Row.id(row, 1)))
                .one()
                .flatMap(used -> read(used).contextWrite(TenantContext.of(used.tenant)));
    }

    private record Used(TenantId tenant, UUID id) {}

    private Mono<Answered> read(Used used) {
        return database.sql(READ)
                .bind("tenant", used.tenant.value())
                .bind("id", used.id)
                .map(
                        row -> {
                            UUID connection = Row.id(row, 0);
                            byte[] verifier = Objects.requireNonNull(row.get(2, byte[].class));
                            return new Answered(
                                    used.tenant,
                                    connection,
                                    Row.text(row, 1),
                                    keys.decrypt(owner(used.tenant, connection, used.id), verifier),
                                    Row.text(row, 3),
                                    Row.textOrNull(row, 4),
                                    Row.texts(row, 5));
                        })
                .one();
    }

    /** Deletes what ended a day ago, of all tenants; gives how many, at most a thousand. */
    public Mono<Integer> cleanUp() {
        return unbound.sql("SELECT cleanup_expired_oauth_states()")
                .map(row -> Row.number(row, 0))
                .one();
    }

    /** Encrypted for the one state: copied to another it does not decrypt. */
    private static SecretOwner owner(TenantId tenant, UUID connection, UUID state) {
        return new SecretOwner(tenant, connection, "pkce_" + state.toString().replace("-", ""));
    }

    private String random() {
        byte[] bytes = new byte[RANDOM_BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static byte[] hash(String state) {
        try {
            return MessageDigest.getInstance("SHA-256")
                    .digest(state.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every JDK has SHA-256", impossible);
        }
    }
}
