package io.customergraph.security;

import io.customergraph.tenant.Caller;
import io.customergraph.tenant.Scope;
import io.customergraph.tenant.TenantId;
import io.r2dbc.spi.R2dbcTransientResourceException;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.bean.override.convention.TestBean;

import reactor.core.publisher.Mono;

import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** What the tests of the guarded server share: the server, and keys to it. */
@ActiveProfiles("guarded")
@SpringBootTest(
        classes = GuardedApplication.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            // Not the application's settings, which name parts that are not here.
            "spring.config.name=guarded",
            "spring.graphql.schema.locations=classpath:guard/",
            "spring.graphql.graphiql.enabled=true",
            "customergraph.operations.token=an-operators-token-of-32-letters",
            "customergraph.limits.execution=700ms",
            "customergraph.limits.body-pause=1s",
            "spring.autoconfigure.exclude="
                    + "org.springframework.boot.r2dbc.autoconfigure.R2dbcAutoConfiguration,"
                    + "org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration,"
                    + "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration"
        })
abstract class GuardedTest {

    static final String READER = key('a');
    static final String ANALYST = key('b');
    static final String SEEN_OUT = key('c');
    static final String HASTY = key('d');
    static final String WHILE_THE_DATABASE_IS_AWAY = key('e');
    static final String WHILE_THE_SERVER_IS_BROKEN = key('f');

    private static final Map<KeyHash, ApiKey> KEYS = new ConcurrentHashMap<>();

    @TestBean
    @SuppressWarnings("NullAway.Init") // Spring sets it before the first test.
    KeyDirectory storedKeys;

    @SuppressWarnings("NullAway.Init") // connect() does.
    Wire wire;

    @Value("${local.server.port}")
    int port;

    static {
        add(READER, "acme", "reader", Set.of(Scope.CUSTOMERS_READ), 100_000, null);
        add(ANALYST, "other", "analyst", Set.of(Scope.REVENUE_READ), 100_000, null);
        add(SEEN_OUT, "acme", "old", Set.of(), 100_000, Instant.EPOCH);
        add(HASTY, "acme", "hasty", Set.of(), 3, null);
    }

    @BeforeEach
    void connect() {
        wire = new Wire(port);
    }

    static KeyDirectory storedKeys() {
        return hash -> {
            if (hash.equals(KeyHash.of(WHILE_THE_DATABASE_IS_AWAY))) {
                return Mono.error(new R2dbcTransientResourceException("10.0.0.1 refused"));
            }
            return hash.equals(KeyHash.of(WHILE_THE_SERVER_IS_BROKEN))
                    ? Mono.error(new IllegalStateException("SELECT broken"))
                    : Mono.justOrEmpty(KEYS.get(hash));
        };
    }

    static String key(char letter) {
        return "cg_" + "k".repeat(8) + "_" + String.valueOf(letter).repeat(43);
    }

    private static void add(
            String key,
            String tenant,
            String name,
            Set<Scope> scopes,
            int rate,
            @Nullable Instant end) {
        KEYS.put(
                KeyHash.of(key),
                new ApiKey(
                        UUID.randomUUID(),
                        new Caller(new TenantId(tenant), "key:" + name, scopes),
                        rate,
                        end));
    }
}
