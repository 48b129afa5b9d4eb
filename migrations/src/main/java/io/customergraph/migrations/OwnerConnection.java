package io.customergraph.migrations;

import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Option;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/**
 * How a command reaches the database: as its owner, with the password from a file or the
 * environment.
 */
final class OwnerConnection {

    @Option(
            names = "--url",
            description = "jdbc:postgresql://host/database; else CUSTOMERGRAPH_DATABASE_URL",
            defaultValue = "${env:CUSTOMERGRAPH_DATABASE_URL}",
            required = true)
    @SuppressWarnings("NullAway.Init") // picocli sets what is required.
    private String url;

    @Option(
            names = "--user",
            description = "The owner; else CUSTOMERGRAPH_DATABASE_USER",
            defaultValue = "${env:CUSTOMERGRAPH_DATABASE_USER}",
            required = true)
    @SuppressWarnings("NullAway.Init")
    private String user;

    @Option(
            names = "--password-file",
            description = "Holds the password; else CUSTOMERGRAPH_DATABASE_PASSWORD")
    private @Nullable Path passwordFile;

    Connection open() throws SQLException, IOException {
        return DriverManager.getConnection(url, user, password());
    }

    Flyway flyway() throws IOException {
        return Flyway.configure().dataSource(url, user, password()).load();
    }

    private String password() throws IOException {
        if (passwordFile != null) {
            return Files.readString(passwordFile).strip();
        }
        String password = System.getenv("CUSTOMERGRAPH_DATABASE_PASSWORD");
        return password == null ? "" : password;
    }
}
