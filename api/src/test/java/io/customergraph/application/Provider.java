package io.customergraph.application;

import io.customergraph.tenant.Scope;
import io.customergraph.tenant.TenantId;
import io.customergraph.testing.TestDatabase;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A provider that delivers to a connection of a tenant, as it is told to, right or wrong. */
public record Provider(int port, String name, UUID connection, String globalId) {

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private static final String CONNECT =
            """
            mutation ($input: ConnectIntegrationInput!) {
              done: connectIntegration(input: $input) {
                connection { id } userErrors { field message } } }
            """;

    /** Connects an account. */
    public static Provider connected(
            int port, TenantId tenant, String name, Map<String, String> form) {
        List<Map<String, String>> fields =
                form.entrySet().stream()
                        .map(one -> Map.of("name", one.getKey(), "value", one.getValue()))
                        .toList();
        String id =
                TestKeys.client(port, tenant, Scope.INTEGRATIONS_READ, Scope.INTEGRATIONS_WRITE)
                        .document(CONNECT)
                        .variable("input", Map.of("provider", name, "fields", fields))
                        .execute()
                        .path("done.connection.id")
                        .entity(String.class)
                        .get();
        return new Provider(port, name, IntegrationIds.of(id), id);
    }

    /** Where it delivers to. */
    public String path() {
        return name.equals("custom")
                ? "/ingest/" + connection
                : "/webhooks/" + name + "/" + connection;
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                .timeout(Duration.ofSeconds(20));
    }

    HttpResponse<String> deliver(String body, String... headers) {
        return send(
                request(path())
                        .headers(
                                Stream.concat(
                                                Stream.of("Content-Type", "application/json"),
                                                Arrays.stream(headers))
                                        .toArray(String[]::new))
                        .POST(BodyPublishers.ofString(body)));
    }

    static HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    /** What is kept of this connection, in the order in which it came. */
    List<Map<String, @Nullable Object>> events() {
        return TestDatabase.shared()
                .owner()
                .queryForList(
                        """
                        SELECT delivery_id, topic, status, ordering_key, body_ref, body_bytes,
                               headers::text AS headers, occurred_at, content_type
                        FROM integration_events WHERE connection_id = ? ORDER BY sequence
                        """,
                        connection);
    }

    static byte[] hmac(String algorithm, String secret, String text) {
        try {
            Mac mac = Mac.getInstance(algorithm);
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), algorithm));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
