package io.customergraph.load;

import io.customergraph.CustomerGraphApplication;
import io.customergraph.application.TestKeyset;
import io.customergraph.testing.TestDatabase;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The application in a process of its own, on the database of the tests; it can be killed. */
final class ServerProcess implements AutoCloseable {

    private static final Duration START = Duration.ofMinutes(2);
    private static final Path LOG = Path.of("target", "server-processes.log");
    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();

    private final Process process;
    private final int port;

    private ServerProcess(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /**
     * Starts one, with the compiler and collector that this process has; it need not be ready yet.
     *
     * @param settings beside those of the database, by their names
     */
    static ServerProcess start(int port, Map<String, String> settings) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> argument.startsWith("-XX:"))
                .forEach(command::add);
        command.addAll(List.of("-Xmx512m", "-cp", classPath()));
        command.add(CustomerGraphApplication.class.getName());
        command.add("--spring.profiles.active=test");
        command.add("--customergraph.public-url=https://api.example.com");
        command.add("--server.port=" + port);
        TestDatabase.shared()
                .applicationProperties()
                .forEach((name, value) -> command.add("--" + name + "=" + value));
        settings.forEach((name, value) -> command.add("--" + name + "=" + value));
        try {
            Files.createDirectories(Objects.requireNonNull(LOG.getParent()));
            ProcessBuilder builder = new ProcessBuilder(command);
            builder.environment().put("CUSTOMERGRAPH_SECRETS_KEYSET", TestKeyset.SERIALIZED);
            builder.redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(LOG.toFile()));
            return new ServerProcess(builder.start(), port);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Surefire starts with a jar that only names the others, and says here what they are. */
    private static String classPath() {
        return System.getProperty(
                "surefire.test.class.path", System.getProperty("java.class.path"));
    }

    int port() {
        return port;
    }

    /** Waits until it takes requests. */
    ServerProcess awaitReady() throws InterruptedException {
        Instant end = Instant.now().plus(START);
        while (!isReady()) {
            if (!process.isAlive() || Instant.now().isAfter(end)) {
                throw new IllegalStateException("The server did not start; see " + LOG);
            }
            Thread.sleep(100);
        }
        return this;
    }

    private boolean isReady() throws InterruptedException {
        try {
            HttpRequest request =
                    HttpRequest.newBuilder(
                                    URI.create(
                                            "http://localhost:"
                                                    + port
                                                    + "/actuator/health/readiness"))
                            .timeout(Duration.ofSeconds(5))
                            .build();
            return HTTP.send(request, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    /** As {@code kill -9} does: no shutdown hook, nothing is finished. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
