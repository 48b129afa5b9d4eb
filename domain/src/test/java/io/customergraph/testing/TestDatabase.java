package io.customergraph.testing;

import io.customergraph.tenant.TenantConnectionFactory;
import io.customergraph.tenant.TenantId;
import io.r2dbc.pool.ConnectionPool;
import io.r2dbc.pool.ConnectionPoolConfiguration;
import io.r2dbc.postgresql.PostgresqlConnectionConfiguration;
import io.r2dbc.postgresql.PostgresqlConnectionFactory;
import io.r2dbc.spi.ConnectionFactory;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;

import org.flywaydb.core.Flyway;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.r2dbc.connection.R2dbcTransactionManager;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.reactive.TransactionalOperator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;

import javax.sql.DataSource;

/**
 * One real PostgreSQL for all tests of a JVM, migrated once. The application's connections are
 * those of production: the role that owns nothing, bound to the tenant of the context. {@link
 * #owner()} sees everything, to look at the result with.
 */
public final class TestDatabase {

    /**
     * System properties that begin so are settings of the server, such as {@code fsync}: {@code on}
     * where what is measured waits for the disk.
     */
    public static final String SETTINGS = "customergraph.test.postgres.";

    private static final TestDatabase SHARED = new TestDatabase();

    private static final String PASSWORD = "test";

    private final EmbeddedPostgres postgres;
    private final JdbcTemplate owner;
    private final ConnectionFactory unbound;
    private final TenantConnectionFactory connections;

    private TestDatabase() {
        try {
            EmbeddedPostgres.Builder builder =
                    EmbeddedPostgres.builder()
                            .setServerConfig("fsync", "off")
                            .setServerConfig("max_connections", "200")
                            .setServerConfig("log_error_verbosity", "terse")
                            .setServerConfig("jit", "off")
                            .setServerConfig("random_page_cost", "1.1")
                            .setLocaleConfig("locale", "C.UTF-8");
            System.getProperties().stringPropertyNames().stream()
                    .filter(name -> name.startsWith(SETTINGS))
                    .forEach(
                            name ->
                                    builder.setServerConfig(
                                            name.substring(SETTINGS.length()),
                                            System.getProperty(name)));
            this.postgres = builder.start();
            DataSource superuser = postgres.getPostgresDatabase();
            Flyway.configure().dataSource(superuser).load().migrate();
            this.owner = new JdbcTemplate(superuser);
            owner.execute("ALTER ROLE customergraph_app LOGIN PASSWORD '" + PASSWORD + "'");
            this.unbound = physical(postgres.getPort());
            this.connections = connections(postgres.getPort(), 64, physical -> physical);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    public static TestDatabase shared() {
        return SHARED;
    }

    public DatabaseClient client() {
        return DatabaseClient.create(connections);
    }

    /** Connections as the application's, bound to the tenant of the context. */
    public TenantConnectionFactory connections() {
        return connections;
    }

    /** A connection as the application's that sees no tenant's rows. */
    public ConnectionFactory unbound() {
        return unbound;
    }

    public TransactionalOperator transaction() {
        return TransactionalOperator.create(new R2dbcTransactionManager(connections));
    }

    /** The settings of an application that stands on this database. */
    public Map<String, String> applicationProperties() {
        return Map.of(
                "spring.r2dbc.url",
                "r2dbc:postgresql://localhost:" + postgres.getPort() + "/postgres",
                "spring.r2dbc.username",
                "customergraph_app",
                "spring.r2dbc.password",
                PASSWORD);
    }

    /** The port of the server on this machine. */
    public int port() {
        return postgres.getPort();
    }

    /**
     * Connections as {@link #client()} has them, in a pool of their own.
     *
     * @param port the server's, or of what stands between
     * @param most how many connections the pool opens at most
     * @param listening is put around each physical connection
     */
    public static TenantConnectionFactory connections(
            int port, int most, UnaryOperator<ConnectionFactory> listening) {
        return TenantConnectionFactory.pooled(
                listening.apply(physical(port)),
                physical ->
                        new ConnectionPool(
                                ConnectionPoolConfiguration.builder(physical)
                                        .initialSize(Math.min(most, 10))
                                        .maxSize(most)
                                        .build()));
    }

    private static ConnectionFactory physical(int port) {
        return new PostgresqlConnectionFactory(
                PostgresqlConnectionConfiguration.builder()
                        .host("localhost")
                        .port(port)
                        .database("postgres")
                        .username("customergraph_app")
                        .password(PASSWORD)
                        .forceBinary(true)
                        .build());
    }

    /** For commands, which connect as the owner: {@code postgres}, without a password. */
    public String url() {
        return "jdbc:postgresql://localhost:" + postgres.getPort() + "/postgres";
    }

    public JdbcTemplate owner() {
        return owner;
    }

    /** A tenant of its own for each test: region SA. */
    public TenantId newTenant() {
        String id = "t" + UUID.randomUUID().toString().substring(0, 13);
        owner.update(
                "INSERT INTO tenants (id, name, default_region, default_currency)"
                        + " VALUES (?, ?, 'SA', 'SAR')",
                id,
                id);
        return new TenantId(id);
    }
}
