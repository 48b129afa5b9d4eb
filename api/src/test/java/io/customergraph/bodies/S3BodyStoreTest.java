package io.customergraph.bodies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.customergraph.delivery.BodyName;
import io.customergraph.delivery.BodyStore;
import io.customergraph.delivery.BodyStoreContract;
import io.customergraph.secret.Secret;
import io.customergraph.tenant.TenantId;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/** Each test has a part of the bucket of its own. */
@SuppressWarnings("NullAway.Init") // Set before all tests.
class S3BodyStoreTest extends BodyStoreContract {

    @TempDir static Path directory;

    private static S3Server server;
    private static final AtomicInteger TESTS = new AtomicInteger();

    private final String prefix = "test-" + TESTS.incrementAndGet() + "/bodies/";

    @BeforeAll
    static void start() {
        server = S3Server.on(directory);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private S3Settings settings(URI endpoint, String secretKey, Duration timeout) {
        return new S3Settings(
                S3Server.BUCKET,
                "us-east-1",
                endpoint,
                true,
                prefix,
                S3Server.ACCESS_KEY,
                Secret.of(secretKey),
                Duration.ofSeconds(1),
                timeout,
                timeout,
                20,
                1_000);
    }

    private S3BodyStore store(URI endpoint, String secretKey, Duration timeout) {
        return new S3BodyStore(settings(endpoint, secretKey, timeout), Clock.systemUTC());
    }

    @Override
    protected BodyStore open() {
        return store(server.endpoint(), S3Server.SECRET_KEY, Duration.ofSeconds(30));
    }

    @Override
    protected void close(BodyStore store) {
        ((S3BodyStore) store).close();
    }

    private Path file(TenantId tenant, String reference) {
        return server.file(prefix + tenant.value() + "/" + reference);
    }

    /** An object is whole or not there; its answer may end too early. */
    @Override
    protected void truncate(TenantId tenant, String reference) throws IOException {
        Files.delete(file(tenant, reference));
        close(store);
        ServerSocket half = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        Thread.ofVirtual()
                .start(() -> answer(half, "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n01234"));
        store =
                store(
                        URI.create("http://127.0.0.1:" + half.getLocalPort()),
                        S3Server.SECRET_KEY,
                        Duration.ofSeconds(5));
    }

    private static void answer(ServerSocket socket, String answer) {
        try (socket) {
            while (true) {
                try (Socket connection = socket.accept();
                        OutputStream out = connection.getOutputStream()) {
                    int read = connection.getInputStream().read(new byte[8_192]);
                    if (read > 0) {
                        out.write(answer.getBytes(StandardCharsets.US_ASCII));
                        out.flush();
                    }
                }
            }
        } catch (IOException ended) {
            // The test is over and closed the socket.
        }
    }

    @Test
    void each_body_is_an_object_below_the_prefix_and_its_tenant() {
        String reference = put(OURS, "here");

        assertThat(BodyName.of(reference)).isPresent();
        assertThat(file(OURS, reference)).hasContent("here");
    }

    @Test
    void what_others_keep_in_the_bucket_is_not_listed() {
        String reference = put(OURS, "a");
        for (String name : new String[] {"readme", "20200101/00/x", "zzz"}) {
            server.put(prefix + OURS.value() + "/" + name, "other");
        }

        assertThat(listed(OURS, LATER)).containsExactly(reference);
    }

    @Test
    void an_object_that_is_larger_than_any_body_is_not_read_into_memory() throws IOException {
        String reference = put(OURS, "a");
        Files.write(file(OURS, reference), new byte[BodyStore.LARGEST + 1]);

        assertThatThrownBy(() -> store.get(OURS, reference).block())
                .hasMessageContaining("larger than a body may be");
    }

    @Test
    void a_wrong_key_is_told_by_the_stores_code_and_shows_no_secret() {
        String wrong = "a-wrong-secret-key";
        BodyStore refused = store(server.endpoint(), wrong, Duration.ofSeconds(5));
        try {
            assertThatThrownBy(() -> put(refused, OURS, "a"))
                    .hasMessageContaining("403 SignatureDoesNotMatch")
                    .hasMessageNotContaining(wrong)
                    .hasMessageNotContaining(S3Server.ACCESS_KEY)
                    .hasNoCause();
        } finally {
            close(refused);
        }
    }

    @Test
    void a_store_that_is_not_there_fails_within_its_time() {
        BodyStore nowhere =
                store(URI.create("http://127.0.0.1:1"), S3Server.SECRET_KEY, Duration.ofSeconds(3));
        try {
            assertThatThrownBy(
                            () ->
                                    nowhere.put(OURS, CONNECTION, UUID.randomUUID(), bytes("a"))
                                            .block(Duration.ofSeconds(10)))
                    .hasMessageContaining("did not answer");
        } finally {
            close(nowhere);
        }
    }

    @Test
    void a_put_that_is_repeated_after_its_answer_was_lost_finds_its_own() throws IOException {
        ServerSocket there = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        Thread.ofVirtual()
                .start(
                        () ->
                                answer(
                                        there,
                                        "HTTP/1.1 412 Precondition Failed\r\nContent-Length:"
                                                + " 0\r\n\r\n"));
        BodyStore repeated =
                store(
                        URI.create("http://127.0.0.1:" + there.getLocalPort()),
                        S3Server.SECRET_KEY,
                        Duration.ofSeconds(5));
        try {
            assertThat(put(repeated, OURS, "a")).isNotEmpty();
        } finally {
            close(repeated);
            there.close();
        }
    }

    @Test
    void settings_print_no_secret() {
        assertThat(settings(server.endpoint(), "a-secret-of-ours", Duration.ofSeconds(1)))
                .asString()
                .contains("bucket=bodies")
                .doesNotContain("a-secret-of-ours");
    }
}
