package io.customergraph.config;

import io.r2dbc.spi.ConnectionFactoryOptions;

import org.flywaydb.core.Flyway;
import org.springframework.boot.autoconfigure.condition.ConditionalOnExpression;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.flyway.autoconfigure.FlywayConnectionDetails;
import org.springframework.boot.flyway.autoconfigure.FlywayMigrationStrategy;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.boot.r2dbc.autoconfigure.R2dbcConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** The database where none is configured: one that the application starts itself. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnExpression("'${spring.r2dbc.url:}'.isEmpty()")
@EnableConfigurationProperties(EmbeddedDatabaseProperties.class)
class EmbeddedDatabaseConfiguration {

    @Bean(destroyMethod = "close")
    EmbeddedDatabase embeddedDatabase(EmbeddedDatabaseProperties properties) {
        return EmbeddedDatabase.start(properties);
    }

    /** Boot migrates where there are JDBC details, and asks these for the connection. */
    @Bean
    FlywayConnectionDetails embeddedMigrations(EmbeddedDatabase database) {
        return new EmbeddedOwner(database.ownerJdbcUrl());
    }

    @Bean
    JdbcConnectionDetails embeddedOwner(EmbeddedDatabase database) {
        return new EmbeddedOwner(database.ownerJdbcUrl());
    }

    private record EmbeddedOwner(String url)
            implements FlywayConnectionDetails, JdbcConnectionDetails {

        @Override
        public String getUsername() {
            return EmbeddedDatabase.OWNER;
        }

        @Override
        public String getPassword() {
            return "";
        }

        @Override
        public String getJdbcUrl() {
            return url;
        }

        @Override
        public String getDriverClassName() {
            return JdbcConnectionDetails.super.getDriverClassName();
        }
    }

    @Bean
    FlywayMigrationStrategy migrateAndLetTheApplicationIn(EmbeddedDatabase database) {
        return flyway -> {
            flyway.migrate();
            letTheApplicationIn(flyway, database);
        };
    }

    /** The password is of base64url characters only; DDL takes no parameters. */
    private static void letTheApplicationIn(Flyway flyway, EmbeddedDatabase database) {
        try (Connection connection = flyway.getConfiguration().getDataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(
                    "ALTER ROLE %s LOGIN PASSWORD '%s'"
                            .formatted(
                                    EmbeddedDatabase.APPLICATION_ROLE,
                                    database.applicationPassword()));
        } catch (SQLException failure) {
            throw new IllegalStateException(
                    "The application's role could not be given a password", failure);
        }
    }

    @Bean
    R2dbcConnectionDetails embeddedApplicationRole(EmbeddedDatabase database) {
        return () ->
                ConnectionFactoryOptions.builder()
                        .option(ConnectionFactoryOptions.DRIVER, "postgresql")
                        .option(ConnectionFactoryOptions.HOST, "localhost")
                        .option(ConnectionFactoryOptions.PORT, database.port())
                        .option(ConnectionFactoryOptions.DATABASE, EmbeddedDatabase.DATABASE)
                        .option(ConnectionFactoryOptions.USER, EmbeddedDatabase.APPLICATION_ROLE)
                        .option(ConnectionFactoryOptions.PASSWORD, database.applicationPassword())
                        .build();
    }
}
