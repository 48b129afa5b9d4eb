package io.customergraph.application;

import static org.assertj.core.api.Assertions.assertThat;

import io.customergraph.tenant.Scope;
import io.customergraph.tenant.TenantId;
import io.customergraph.testing.TestDatabase;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.JdbcTemplate;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BooleanSupplier;

/** A client that hangs up midway leaves no transaction open and takes no connection along. */
@CustomerGraphTest
class HangUpTest {

    private static final TestDatabase DATABASE = TestDatabase.shared();
    private static final int POOL = 10;
    private static final String SECRET = "a-long-random-text-01";

    private final TenantId tenant = DATABASE.newTenant();

    @Value("${local.server.port}")
    private int port;

    private static boolean eventually(BooleanSupplier isSo) throws InterruptedException {
        for (int i = 0; i < 150; i++) {
            if (isSo.getAsBoolean()) {
                return true;
            }
            Thread.sleep(100);
        }
        return false;
    }

    private static int backends(String condition) {
        Integer count =
                DATABASE.owner()
                        .queryForObject(
                                "SELECT count(*) FROM pg_stat_activity WHERE usename ="
                                        + " 'customergraph_app' AND "
                                        + condition,
                                Integer.class);
        return Objects.requireNonNull(count);
    }

    private static List<Map<String, @Nullable Object>> open() {
        return DATABASE.owner()
                .queryForList(
                        """
                        SELECT state, left(query, 100) AS query FROM pg_stat_activity
                        WHERE usename = 'customergraph_app' AND xact_start IS NOT NULL
                          AND pid <> pg_backend_pid()
                        """);
    }

    /** Sends a request, waits until the database works at it, and hangs up. */
    private void hangUpWhileWaitingFor(String table, String request)
            throws IOException, SQLException, InterruptedException {
        JdbcTemplate owner = DATABASE.owner();
        try (Connection lock = Objects.requireNonNull(owner.getDataSource()).getConnection();
                Statement statement = lock.createStatement()) {
            lock.setAutoCommit(false);
            statement.execute("LOCK TABLE " + table + " IN ACCESS EXCLUSIVE MODE");
            try (Socket socket = new Socket("localhost", port)) {
                socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
                socket.getOutputStream().flush();
                assertThat(eventually(() -> backends("wait_event_type = 'Lock'") > 0))
                        .as("the request waits for %s", table)
                        .isTrue();
            }
            Thread.sleep(300);
            lock.rollback();
        }
    }

    private String mutation(String key, String name) {
        String body =
                """
                {"query": "mutation { connectIntegration(input: {provider: \\"freshdesk\\", fields: [\
                {name: \\"domain\\", value: \\"%s.freshdesk.com\\"}, {name: \\"api_key\\", value: \\"Qm9uZXRlcmljLWtleQ\\"}]})\
                 { connection { id } } }"}\
                """
                        .formatted(name);
        return post("/graphql", body, "X-API-Key: " + key);
    }

    private static String post(String path, String body, String header) {
        return "POST "
                + path
                + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                + header
                + "\r\nContent-Length: "
                + body.getBytes(StandardCharsets.UTF_8).length
                + "\r\n\r\n"
                + body;
    }

    private static void nothingIsLeftOpen() throws InterruptedException {
        assertThat(eventually(() -> open().isEmpty())).as(() -> open().toString()).isTrue();
        Thread.sleep(500);
        assertThat(open()).isEmpty();
    }

    @Test
    void in_a_mutation() throws Exception {
        String key = TestKeys.newKey(tenant, Scope.INTEGRATIONS_READ, Scope.INTEGRATIONS_WRITE);

        for (int i = 0; i < POOL + 2; i++) {
            hangUpWhileWaitingFor("audit_log", mutation(key, "acme" + i));
        }

        nothingIsLeftOpen();
        TestKeys.client(port, tenant, Scope.INTEGRATIONS_READ)
                .document("{ integrationConnections { totalCount } }")
                .execute()
                .path("integrationConnections.totalCount")
                .entity(Integer.class)
                .satisfies(count -> assertThat(count).isBetween(0, POOL + 2));
    }

    /** Wherever the mutation is, between two statements as well as within one. */
    @Test
    void at_any_moment_of_a_mutation() throws Exception {
        String key = TestKeys.newKey(tenant, Scope.INTEGRATIONS_READ, Scope.INTEGRATIONS_WRITE);

        for (int i = 0; i < 60; i++) {
            try (Socket socket = new Socket("localhost", port)) {
                socket.getOutputStream()
                        .write(mutation(key, "any" + i).getBytes(StandardCharsets.UTF_8));
                socket.getOutputStream().flush();
                Thread.sleep(i / 2);
            }
        }

        nothingIsLeftOpen();
    }

    @Test
    void in_a_webhook_that_is_kept_all_the_same() throws Exception {
        Provider desk =
                Provider.connected(
                        port,
                        tenant,
                        "freshdesk",
                        Map.of(
                                "domain",
                                "hook.freshdesk.com",
                                "api_key",
                                "Qm9uZXRlcmljLWtleQ",
                                "webhook_secret",
                                SECRET));
        for (int i = 0; i < POOL + 2; i++) {
            hangUpWhileWaitingFor(
                    "integration_events",
                    post(
                            desk.path(),
                            "{\"ticket_id\": %d}".formatted(i),
                            "X-Webhook-Secret: " + SECRET));
        }

        nothingIsLeftOpen();
        assertThat(eventually(() -> desk.events().size() == POOL + 2)).isTrue();
    }
}
