package io.customergraph.security;

import io.customergraph.tenant.Scope;

import org.flywaydb.core.Flyway;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.UUID;

import javax.sql.DataSource;

/**
 * Writes the demo's two tenants and its fixed keys, as the database's owner: the application itself
 * can make no key.
 */
@Component
@Profile("demo")
@DependsOnDatabaseInitialization
final class DemoKeys implements InitializingBean {

    private static final String TENANT =
            """
            INSERT INTO tenants
                (id, name, default_region, default_currency, default_language, default_timezone)
            VALUES
                ('demo', 'Demo', 'SA', 'SAR', 'ar', 'Asia/Riyadh'),
                ('rival', 'Rival', 'FR', 'EUR', 'fr', 'Europe/Paris')
            ON CONFLICT (id) DO NOTHING
            """;

    private static final String KEY =
            """
            INSERT INTO api_keys
                (tenant_id, id, name, prefix, key_hash, scopes, requests_per_minute)
            VALUES (?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (key_hash) DO UPDATE
            SET scopes = excluded.scopes, requests_per_minute = excluded.requests_per_minute
            """;

    private final DataSource owner;

    DemoKeys(Flyway flyway) {
        this.owner = flyway.getConfiguration().getDataSource();
    }

    @Override
    public void afterPropertiesSet() throws SQLException {
        try (Connection connection = owner.getConnection()) {
            connection.setAutoCommit(false);
            try (PreparedStatement tenants = connection.prepareStatement(TENANT);
                    PreparedStatement keys = connection.prepareStatement(KEY)) {
                tenants.executeUpdate();
                for (DemoKey key : DemoKey.values()) {
                    bind(keys, key);
                    keys.addBatch();
                }
                keys.executeBatch();
            }
            connection.commit();
        }
    }

    private static void bind(PreparedStatement statement, DemoKey key) throws SQLException {
        statement.setString(1, key.tenant());
        statement.setObject(2, UUID.nameUUIDFromBytes(key.text().getBytes(StandardCharsets.UTF_8)));
        statement.setString(3, key.purpose());
        statement.setString(4, key.text());
        statement.setBytes(5, KeyHash.of(key.text()).toArray());
        statement.setArray(
                6,
                statement
                        .getConnection()
                        .createArrayOf("text", key.scopes().stream().map(Scope::code).toArray()));
        statement.setInt(7, DemoKey.REQUESTS_PER_MINUTE);
    }
}
