package io.customergraph.reads;

import static org.assertj.core.api.Assertions.assertThat;

import io.customergraph.ingest.Ingestion;
import io.customergraph.ingest.SourceRecord;
import io.customergraph.tenant.TenantContext;
import io.customergraph.tenant.TenantId;
import io.customergraph.testing.TestDatabase;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/** A dashboard of one new tenant, with the tenant's data in its hands. */
final class GraphClient {

    private static final JsonMapper JSON = new JsonMapper();
    private static final TestDatabase DATABASE = TestDatabase.shared();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final URI graph;
    private final TenantId tenant;
    private final String key;

    private GraphClient(int port, TenantId tenant, String key) {
        this.graph = URI.create("http://localhost:" + port + "/graphql");
        this.tenant = tenant;
        this.key = key;
    }

    static GraphClient ofNewTenant(int port) {
        TenantId tenant = DATABASE.newTenant();
        String random = (UUID.randomUUID() + "-" + UUID.randomUUID()).replace("-", "");
        String key = "cg_" + random.substring(0, 8) + "_" + random.substring(0, 43);
        DATABASE.owner()
                .update(
                        """
                        INSERT INTO api_keys (tenant_id, id, name, prefix, key_hash, scopes,
                            requests_per_minute)
                        VALUES (?, gen_random_uuid(), 'dashboard', ?, ?,
                            '{customers:read,matching:review,integrations:read}', 1000000)
                        """,
                        tenant.value(),
                        random.substring(0, 8),
                        sha256(key));
        return new GraphClient(port, tenant, key);
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256")
                    .digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException(missing);
        }
    }

    TenantId tenant() {
        return tenant;
    }

    void ingest(List<? extends SourceRecord> records) {
        new Ingestion(DATABASE.client(), DATABASE.transaction())
                .ingest(List.copyOf(records))
                .contextWrite(TenantContext.of(tenant))
                .block();
    }

    void ingest(SourceRecord... records) {
        ingest(List.of(records));
    }

    /** Changes rows as the owner; the first parameter is the tenant's id. */
    void update(String sql, Object... values) {
        Object[] all = new Object[values.length + 1];
        all[0] = tenant.value();
        System.arraycopy(values, 0, all, 1, values.length);
        DATABASE.owner().update(sql, all);
    }

    /** The whole answer. */
    JsonNode send(String document, Map<String, ?> variables) {
        String body = JSON.writeValueAsString(Map.of("query", document, "variables", variables));
        HttpRequest request =
                HttpRequest.newBuilder(graph)
                        .header("Content-Type", "application/json")
                        .header("X-API-Key", key)
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build();
        try {
            HttpResponse<String> response =
                    HTTP.send(request, HttpResponse.BodyHandlers.ofString());
            return JSON.readTree(response.body());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    /** The data of an answer without errors. */
    JsonNode ask(String document, Map<String, ?> variables) {
        JsonNode answer = send(document, variables);
        assertThat(answer.path("errors")).as(document).isEmpty();
        return Objects.requireNonNull(answer.get("data"));
    }

    JsonNode ask(String document) {
        return ask(document, Map.of());
    }

    /** The code of the one error that the request gets. */
    String errorCode(String document, Map<String, ?> variables) {
        JsonNode errors = send(document, variables).path("errors");
        assertThat(errors).as(document).hasSize(1);
        return errors.path(0).path("extensions").path("code").asString();
    }

    String errorCode(String document) {
        return errorCode(document, Map.of());
    }

    /** What an array of the answer has in one of its fields. */
    static List<String> texts(JsonNode array, String field) {
        return array.valueStream().map(item -> item.path(field).asString()).toList();
    }
}
