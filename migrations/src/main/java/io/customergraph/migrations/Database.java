package io.customergraph.migrations;

import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;

import javax.sql.DataSource;

/** The options that say which database a command is for, and the way to it. */
public final class Database {

    private static final int CONNECT_SECONDS = 15;

    /** A password file is one line; what is longer is another file. */
    private static final long LONGEST_PASSWORD_FILE = 4096;

    @Spec(Target.MIXEE)
    @SuppressWarnings("NullAway.Init")
    private CommandSpec command;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "shows this")
    @SuppressWarnings("UnusedVariable") // picocli asks for it by the annotation.
    private boolean isHelp;

    @Option(
            names = "--url",
            paramLabel = "<jdbc url>",
            description =
                    "jdbc:postgresql://host:port/database"
                            + " (environment: CUSTOMERGRAPH_DATABASE_URL)")
    private @Nullable String url;

    @Option(
            names = "--user",
            paramLabel = "<owner>",
            description = "the database's owner (environment: CUSTOMERGRAPH_DATABASE_USER)")
    private @Nullable String user;

    @Option(
            names = "--password-file",
            paramLabel = "<file>",
            description =
                    "whose first line is the password"
                            + " (environment: CUSTOMERGRAPH_DATABASE_PASSWORD)")
    private @Nullable Path passwordFile;

    /** Migrations of this program, to be applied to this database. */
    Flyway flyway() {
        return Flyway.configure()
                .dataSource(dataSource())
                .loggers(WarningLog.Creator.class.getName())
                .load();
    }

    /**
     * Does something in one transaction, all of it or nothing, as a role that sees the rows of
     * every tenant.
     */
    public <T> T inTransaction(Work<T> work) throws SQLException {
        try (Connection connection = dataSource().getConnection()) {
            connection.setAutoCommit(false);
            T result = work.on(connection);
            connection.commit();
            return result;
        }
    }

    /** Something to do with a connection. */
    @FunctionalInterface
    public interface Work<T> {
        T on(Connection connection) throws SQLException;
    }

    /** Where a command writes its answer. */
    public PrintWriter out() {
        return command.commandLine().getOut();
    }

    /** Where a command writes what is for people and not for a pipe. */
    PrintWriter notes() {
        return command.commandLine().getErr();
    }

    private DataSource dataSource() {
        PGSimpleDataSource source = new PGSimpleDataSource();
        try {
            source.setUrl(url());
        } catch (IllegalArgumentException unreadable) {
            throw wrong("The URL is none of PostgreSQL: jdbc:postgresql://host:port/database");
        }
        if (source.getPassword() != null) {
            throw wrong(
                    "A URL is seen by everyone on the machine: give the password by"
                            + " --password-file or CUSTOMERGRAPH_DATABASE_PASSWORD");
        }
        String owner = given(user, "CUSTOMERGRAPH_DATABASE_USER");
        if (owner != null) {
            source.setUser(owner);
        }
        source.setPassword(password());
        source.setConnectTimeout(CONNECT_SECONDS);
        source.setApplicationName("customergraph-migrate");
        return source;
    }

    private String url() {
        String given = given(url, "CUSTOMERGRAPH_DATABASE_URL");
        if (given == null) {
            throw wrong("Which database? Give --url or CUSTOMERGRAPH_DATABASE_URL");
        }
        return given;
    }

    private @Nullable String password() {
        if (passwordFile == null) {
            return System.getenv("CUSTOMERGRAPH_DATABASE_PASSWORD");
        }
        try {
            if (Files.size(passwordFile) > LONGEST_PASSWORD_FILE) {
                throw wrong("The password file is too long for one");
            }
            return Files.readString(passwordFile).lines().findFirst().orElse("");
        } catch (IOException unreadable) {
            throw wrong("The password file " + passwordFile + " cannot be read");
        }
    }

    private static @Nullable String given(@Nullable String option, String variable) {
        return option != null ? option : System.getenv(variable);
    }

    private ParameterException wrong(String message) {
        return new ParameterException(command.commandLine(), message);
    }
}
