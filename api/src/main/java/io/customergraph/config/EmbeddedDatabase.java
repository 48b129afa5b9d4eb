package io.customergraph.config;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A real PostgreSQL that lives and ends with the application; its data stays. A server that a
 * killed application left behind is stopped before, and a data directory that another application
 * works on is refused.
 */
final class EmbeddedDatabase implements AutoCloseable {

    static final String DATABASE = "postgres";
    static final String OWNER = "postgres";
    static final String APPLICATION_ROLE = "customergraph_app";

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedDatabase.class);
    private static final Duration START_TIMEOUT = Duration.ofSeconds(60);
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(30);

    private final EmbeddedPostgres postgres;
    private final String applicationPassword;

    private EmbeddedDatabase(EmbeddedPostgres postgres) {
        this.postgres = postgres;
        byte[] password = new byte[24];
        new SecureRandom().nextBytes(password);
        this.applicationPassword = Base64.getUrlEncoder().withoutPadding().encodeToString(password);
    }

    static EmbeddedDatabase start(EmbeddedDatabaseProperties properties) {
        Path directory = properties.dataDirectory().toAbsolutePath().normalize();
        try {
            Files.createDirectories(directory);
            stopLeftBehind(directory);
            EmbeddedPostgres.Builder builder =
                    EmbeddedPostgres.builder()
                            .setDataDirectory(directory)
                            .setCleanDataDirectory(false)
                            .setRegisterShutdownHook(false)
                            .setPort(properties.port())
                            .setPGStartupWait(START_TIMEOUT)
                            // Letters of every script are letters to the trigram search.
                            .setLocaleConfig("locale", "C.UTF-8");
            PostgresSettings.FOR_SHORT_STATEMENTS.forEach(builder::setServerConfig);
            EmbeddedDatabase database = new EmbeddedDatabase(builder.start());
            LOG.info("Embedded PostgreSQL runs on port {} in {}", database.port(), directory);
            return database;
        } catch (IOException failure) {
            throw new StartRefused(
                    "The embedded PostgreSQL did not start in " + directory,
                    "See that the directory is writable and was made by PostgreSQL 18. Move it away"
                            + " to start with an empty one, or set spring.r2dbc.url to use a"
                            + " database of your own",
                    failure);
        } catch (IllegalStateException failure) {
            throw new StartRefused(
                    "Another CustomerGraph works on " + directory,
                    "Stop it, or give this one its own customergraph.embedded.data-directory",
                    failure);
        }
    }

    private static void stopLeftBehind(Path directory) throws IOException {
        Path pidFile = directory.resolve("postmaster.pid");
        if (!Files.exists(pidFile)) {
            return;
        }
        List<String> lines = Files.readAllLines(pidFile);
        Optional<ProcessHandle> server =
                lines.isEmpty()
                        ? Optional.empty()
                        : ProcessHandle.of(Long.parseLong(lines.getFirst().strip()))
                                .filter(EmbeddedDatabase::isPostgres);
        if (server.isPresent() && isFree(directory)) {
            LOG.warn("Stopping the PostgreSQL that an application left behind when it was killed");
            server.get().destroy();
            awaitEnd(server.get());
        }
    }

    private static boolean isPostgres(ProcessHandle process) {
        return process.isAlive()
                && process.info()
                        .command()
                        .map(command -> command.contains("postgres"))
                        .orElse(true);
    }

    /**
     * Whether no application holds the directory's lock. The server's parent does not tell: it is
     * started to outlive the process that starts it.
     */
    private static boolean isFree(Path directory) throws IOException {
        try (FileChannel file =
                        FileChannel.open(
                                directory.resolve("epg-lock"),
                                StandardOpenOption.CREATE,
                                StandardOpenOption.WRITE);
                FileLock lock = file.tryLock()) {
            return lock != null;
        } catch (OverlappingFileLockException ours) {
            return false;
        }
    }

    private static void awaitEnd(ProcessHandle process) throws IOException {
        try {
            process.onExit().get(STOP_TIMEOUT.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException | ExecutionException late) {
            process.destroyForcibly();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while a PostgreSQL ended", interrupted);
        }
    }

    int port() {
        return postgres.getPort();
    }

    String ownerJdbcUrl() {
        return postgres.getJdbcUrl(OWNER, DATABASE);
    }

    /** Made anew at each start and kept in memory only. */
    String applicationPassword() {
        return applicationPassword;
    }

    @Override
    public void close() throws IOException {
        postgres.close();
    }
}
