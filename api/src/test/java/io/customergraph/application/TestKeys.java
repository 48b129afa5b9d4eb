package io.customergraph.application;

import io.customergraph.tenant.Scope;
import io.customergraph.tenant.TenantId;
import io.customergraph.testing.TestDatabase;

import org.springframework.graphql.test.tester.HttpGraphQlTester;
import org.springframework.test.web.reactive.server.WebTestClient;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.UUID;

/** Lets tests in: a client with a new key of a tenant. */
final class TestKeys {

    private TestKeys() {}

    static HttpGraphQlTester client(int port, TenantId tenant, Scope... scopes) {
        String key = newKey(tenant, scopes);
        return HttpGraphQlTester.create(
                WebTestClient.bindToServer()
                        .baseUrl("http://localhost:" + port + "/graphql")
                        .defaultHeader("X-API-Key", key)
                        .build());
    }

    static String newKey(TenantId tenant, Scope... scopes) {
        String random = (UUID.randomUUID() + "-" + UUID.randomUUID()).replace("-", "");
        String key = "cg_" + random.substring(0, 8) + "_" + random.substring(0, 43);
        TestDatabase.shared()
                .owner()
                .update(
                        """
                        INSERT INTO api_keys (
                            tenant_id, id, name, prefix, key_hash, scopes, requests_per_minute)
                        VALUES (?, gen_random_uuid(), 'test', ?, ?, string_to_array(?, ','), 1000000)
                        """,
                        tenant.value(),
                        random.substring(0, 8),
                        sha256(key),
                        String.join(",", Arrays.stream(scopes).map(Scope::code).toList()));
        return key;
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256")
                    .digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException(missing);
        }
    }
}
