package io.customergraph.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.customergraph.tenant.Scope;
import io.customergraph.tenant.TenantId;
import io.customergraph.testing.TestDatabase;
import io.r2dbc.spi.ConnectionFactories;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.ConnectionFactoryOptions;

import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.r2dbc.core.DatabaseClient;

import reactor.test.StepVerifier;

import java.sql.SQLException;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

import javax.sql.DataSource;

class StoredKeysTest {

    private static final TestDatabase DATABASE = TestDatabase.shared();

    private final ConnectionFactory unbound = unbound();
    private final StoredKeys keys = new StoredKeys(unbound);

    @Test
    void a_stored_key_is_found_with_what_it_may() {
        TenantId tenant = DATABASE.newTenant();
        KeyHash hash = store(tenant, "{customers:read,matching:review,of:the:future}", null, null);

        StepVerifier.create(keys.find(hash))
                .assertNext(
                        key -> {
                            assertThat(key.caller().tenant()).isEqualTo(tenant);
                            assertThat(key.caller().name()).isEqualTo("key:test");
                            assertThat(key.caller().scopes())
                                    .containsExactlyInAnyOrder(
                                            Scope.CUSTOMERS_READ, Scope.MATCHING_REVIEW);
                            assertThat(key.requestsPerMinute()).isEqualTo(77);
                        })
                .verifyComplete();
    }

    @Test
    void one_that_is_unknown_expired_or_revoked_is_not() {
        TenantId tenant = DATABASE.newTenant();

        StepVerifier.create(keys.find(KeyHash.of("unknown"))).verifyComplete();
        StepVerifier.create(keys.find(store(tenant, "{}", "2020-01-01", null))).verifyComplete();
        StepVerifier.create(keys.find(store(tenant, "{}", null, "2020-01-01"))).verifyComplete();
        StepVerifier.create(keys.find(store(tenant, "{}", "2999-01-01", null)))
                .expectNextCount(1)
                .verifyComplete();
    }

    @Test
    void the_application_can_neither_list_keys_nor_make_one() {
        store(DATABASE.newTenant(), "{}", null, null);
        DatabaseClient client = DatabaseClient.create(unbound);

        StepVerifier.create(
                        client.sql("SELECT count(*) FROM api_keys")
                                .map(row -> Objects.requireNonNull(row.get(0, Long.class)))
                                .one())
                .expectNext(0L)
                .verifyComplete();
        StepVerifier.create(
                        client.sql("UPDATE api_keys SET scopes = '{tenant:admin}'")
                                .fetch()
                                .rowsUpdated())
                .verifyError(DataAccessException.class);
    }

    @Test
    void the_demo_has_its_fixed_keys_however_often_it_starts() throws SQLException {
        DataSource owner = Objects.requireNonNull(DATABASE.owner().getDataSource());
        DemoKeys demo = new DemoKeys(Flyway.configure().dataSource(owner).load());

        demo.afterPropertiesSet();
        new JdbcTemplate(owner)
                .update("UPDATE api_keys SET scopes = '{}' WHERE tenant_id = 'demo'");
        demo.afterPropertiesSet();

        for (DemoKey key : DemoKey.values()) {
            StepVerifier.create(keys.find(KeyHash.of(key.text())))
                    .assertNext(
                            found -> {
                                assertThat(found.caller().scopes()).isEqualTo(key.scopes());
                                assertThat(found.caller().tenant().value()).isEqualTo(key.tenant());
                            })
                    .verifyComplete();
        }
    }

    private static KeyHash store(
            TenantId tenant, String scopes, @Nullable String expires, @Nullable String revoked) {
        KeyHash hash = KeyHash.of(UUID.randomUUID().toString());
        DATABASE.owner()
                .update(
                        """
                        INSERT INTO api_keys (tenant_id, id, name, prefix, key_hash, scopes,
                            requests_per_minute, expires_at, revoked_at)
                        VALUES (?, gen_random_uuid(), 'test', 'test', ?, ?::text[], 77,
                            ?::timestamptz, ?::timestamptz)
                        """,
                        tenant.value(),
                        hash.toArray(),
                        scopes,
                        expires,
                        revoked);
        return hash;
    }

    private static ConnectionFactory unbound() {
        Map<String, String> settings = DATABASE.applicationProperties();
        return ConnectionFactories.get(
                ConnectionFactoryOptions.parse(required(settings, "spring.r2dbc.url"))
                        .mutate()
                        .option(
                                ConnectionFactoryOptions.USER,
                                required(settings, "spring.r2dbc.username"))
                        .option(
                                ConnectionFactoryOptions.PASSWORD,
                                required(settings, "spring.r2dbc.password"))
                        .build());
    }

    private static String required(Map<String, String> settings, String name) {
        return Objects.requireNonNull(settings.get(name));
    }
}
