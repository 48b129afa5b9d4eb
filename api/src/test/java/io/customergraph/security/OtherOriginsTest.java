package io.customergraph.security;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.test.context.TestPropertySource;

import java.net.http.HttpRequest;

@TestPropertySource(properties = "customergraph.cors.allowed-origins=https://shop.example")
class OtherOriginsTest extends GuardedTest {

    @Test
    void a_named_origin_may_ask_with_a_key() {
        Wire.Answer preflight = preflight("https://shop.example");

        assertThat(preflight.status()).isEqualTo(200);
        assertThat(preflight.header("Access-Control-Allow-Origin"))
                .isEqualTo("https://shop.example");
        assertThat(preflight.header("Access-Control-Allow-Credentials")).isNull();
        assertThat(
                        wire.send(
                                        wire.request("/graphql")
                                                .header("Origin", "https://shop.example")
                                                .header("X-API-Key", READER),
                                        "{\"query\":\"{ whoami }\"}")
                                .header("Access-Control-Allow-Origin"))
                .isEqualTo("https://shop.example");
    }

    @Test
    void any_other_may_not() {
        assertThat(preflight("https://elsewhere.example").status()).isEqualTo(403);
    }

    private Wire.Answer preflight(String origin) {
        return wire.send(
                wire.request("/graphql")
                        .method("OPTIONS", HttpRequest.BodyPublishers.noBody())
                        .header("Origin", origin)
                        .header("Access-Control-Request-Method", "POST")
                        .header("Access-Control-Request-Headers", "content-type,x-api-key"));
    }
}
