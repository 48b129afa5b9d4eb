package io.customergraph.config;

import io.customergraph.tenant.TenantConnectionFactory;
import io.r2dbc.pool.ConnectionPool;
import io.r2dbc.pool.ConnectionPoolConfiguration;
import io.r2dbc.postgresql.PostgresqlConnectionFactoryProvider;
import io.r2dbc.spi.ConnectionFactories;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.ConnectionFactoryOptions;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.flyway.autoconfigure.FlywayMigrationInitializer;
import org.springframework.boot.r2dbc.autoconfigure.R2dbcConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.r2dbc.connection.R2dbcTransactionManager;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.reactive.TransactionalOperator;

import java.time.Duration;

/**
 * Connections to the database, all as a role that owns nothing: those that see one tenant's rows,
 * which everything uses, and a few that see none, to find out who a caller is and whether the
 * database answers.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(DatabaseProperties.class)
class DatabaseConfiguration {

    /** Statements that a connection keeps prepared; there are about a hundred of them in all. */
    private static final int PREPARED_STATEMENTS = 250;

    private static final int UNBOUND_CONNECTIONS = 3;

    /** Opened after the migrations, where this application is the one that migrates. */
    @Bean
    PhysicalConnections physicalConnections(
            R2dbcConnectionDetails details,
            DatabaseProperties properties,
            ObjectProvider<FlywayMigrationInitializer> migrations) {
        migrations.ifAvailable(migrated -> {});
        ConnectionFactoryOptions options =
                details.getConnectionFactoryOptions()
                        .mutate()
                        .option(
                                PostgresqlConnectionFactoryProvider.APPLICATION_NAME,
                                "customergraph")
                        // Times and numbers come as they are, not as text to be parsed.
                        .option(PostgresqlConnectionFactoryProvider.FORCE_BINARY, true)
                        .option(
                                PostgresqlConnectionFactoryProvider
                                        .PREPARED_STATEMENT_CACHE_QUERIES,
                                PREPARED_STATEMENTS)
                        .option(PostgresqlConnectionFactoryProvider.TCP_KEEPALIVE, true)
                        .option(
                                ConnectionFactoryOptions.STATEMENT_TIMEOUT,
                                properties.statementTimeout())
                        .option(
                                ConnectionFactoryOptions.LOCK_WAIT_TIMEOUT,
                                properties.lockTimeout())
                        .build();
        return new PhysicalConnections(ConnectionFactories.get(options));
    }

    /** Opens connections; a type of its own, so that nobody gets one by asking for any. */
    record PhysicalConnections(ConnectionFactory factory) {}

    @Bean(destroyMethod = "dispose")
    ConnectionPool unboundPool(PhysicalConnections physical, DatabaseProperties properties) {
        return pool(physical.factory(), UNBOUND_CONNECTIONS, properties);
    }

    @Bean
    @Qualifier("unbound")
    ConnectionFactory unbound(ConnectionPool unboundPool, PhysicalConnections physical) {
        DatabaseRoleCheck.requireIsolatedRole(unboundPool);
        return unboundPool;
    }

    @Bean
    @Primary
    TenantConnectionFactory connectionFactory(
            PhysicalConnections physical, DatabaseProperties properties) {
        return TenantConnectionFactory.pooled(
                physical.factory(),
                remembering -> pool(remembering, properties.poolSize(), properties));
    }

    @Bean
    DatabaseClient databaseClient(TenantConnectionFactory connections) {
        return DatabaseClient.create(connections);
    }

    @Bean
    R2dbcTransactionManager transactionManager(TenantConnectionFactory connections) {
        return new R2dbcTransactionManager(connections);
    }

    @Bean
    TransactionalOperator transactionalOperator(R2dbcTransactionManager transactionManager) {
        return TransactionalOperator.create(transactionManager);
    }

    private static ConnectionPool pool(
            ConnectionFactory factory, int size, DatabaseProperties properties) {
        return new ConnectionPool(
                ConnectionPoolConfiguration.builder(factory)
                        .initialSize(1)
                        .maxSize(size)
                        .maxIdleTime(Duration.ofMinutes(10))
                        .maxLifeTime(Duration.ofHours(1))
                        .maxAcquireTime(properties.acquireTimeout())
                        .acquireRetry(2)
                        .build());
    }
}
