package io.customergraph.provider;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.http.Fault;

import io.customergraph.integration.CallLog;
import io.customergraph.provider.ProviderUnreachable.Problem;
import io.customergraph.tenant.TenantContext;
import io.customergraph.testing.TestDatabase;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.unit.DataSize;
import org.springframework.web.reactive.function.client.WebClient;

import reactor.netty.resources.ConnectionProvider;
import reactor.netty.resources.LoopResources;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/** The client alone, against a provider that behaves badly. */
class ProviderHttpTest {

    private static final WireMockServer PROVIDER = new WireMockServer(0);
    private static final LoopResources LOOPS = LoopResources.create("test", 1, true);

    private final UUID connection = UUID.randomUUID();
    private final ConnectionProvider connections = ConnectionProvider.create("test", 10);
    private final ProviderHttp http = client(true, resolver(true));

    @BeforeEach
    void start() {
        PROVIDER.start();
        PROVIDER.resetAll();
    }

    @AfterEach
    void close() {
        connections.dispose();
    }

    @AfterAll
    static void stop() {
        PROVIDER.stop();
        LOOPS.dispose();
    }

    private static ProviderSettings settings(boolean allowLoopback) {
        return new ProviderSettings(
                Duration.ofSeconds(2),
                Duration.ofMillis(700),
                DataSize.ofKilobytes(10),
                3,
                Duration.ofSeconds(1),
                10,
                allowLoopback,
                Map.of(),
                Duration.ofHours(1),
                1000);
    }

    private static GuardedResolver resolver(boolean allowLoopback) {
        return new ProviderClientConfiguration().guardedResolver(settings(allowLoopback));
    }

    private ProviderHttp client(boolean allowHttp, GuardedResolver resolver) {
        ProviderSettings settings = settings(allowHttp);
        WebClient web =
                new ProviderClientConfiguration()
                        .providerClient(settings, LOOPS, connections, resolver);
        CallRecorder recorder =
                new CallRecorder(
                        new CallLog(TestDatabase.shared().client()),
                        settings,
                        new SimpleMeterRegistry());
        return new ProviderHttp(web, settings, recorder);
    }

    private ProviderCall call(String method) {
        return ProviderCall.of(connection, "tap", method, PROVIDER.baseUrl(), "/v2/charges/{id}")
                .pathValue("id", "chg/1 ?")
                .query("page", "a&b=c");
    }

    private ProviderAnswer send(ProviderHttp client, ProviderCall call) {
        return Objects.requireNonNull(
                client.send(call)
                        .contextWrite(TenantContext.of(TestDatabase.shared().newTenant()))
                        .block(Duration.ofSeconds(30)));
    }

    private Problem problem(ProviderHttp client, ProviderCall call) {
        try {
            send(client, call);
            throw new AssertionError("An answer came");
        } catch (ProviderUnreachable none) {
            return none.problem();
        }
    }

    private static void asked(int times) {
        PROVIDER.verify(times, anyRequestedFor(anyUrl()));
    }

    @Test
    void values_of_path_and_query_are_encoded_as_values() {
        PROVIDER.stubFor(any(anyUrl()).willReturn(ok("fine")));

        assertThat(send(http, call("GET")).body()).isEqualTo("fine");

        PROVIDER.verify(getRequestedFor(urlEqualTo("/v2/charges/chg%2F1%20%3F?page=a%26b%3Dc")));
    }

    @ParameterizedTest
    @CsvSource({
        "GET, 429, 0, 3",
        "GET, 503, , 3",
        "GET, 502, , 3",
        "GET, 500, , 1",
        "GET, 404, , 1",
        "GET, 429, 3600, 1",
        "GET, 429, 3600.0, 1",
        "GET, 503, 'Wed, 21 Oct 2015 07:28:00 GMT', 3",
        "POST, 429, 0, 3",
        "POST, 503, 0, 3",
        "POST, 503, , 1",
        "POST, 502, , 1"
    })
    void a_call_is_repeated_where_that_is_safe(
            String method, int status, String retryAfter, int times) {
        PROVIDER.stubFor(
                any(anyUrl())
                        .willReturn(
                                retryAfter == null
                                        ? aResponse().withStatus(status)
                                        : aResponse()
                                                .withStatus(status)
                                                .withHeader("Retry-After", retryAfter)));

        assertThat(send(http, call(method)).status()).isEqualTo(status);
        asked(times);
    }

    @Test
    void a_broken_connection_is_tried_again_for_what_may_be_done_twice_only() {
        PROVIDER.stubFor(
                any(anyUrl()).willReturn(aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER)));
        assertThat(problem(http, call("POST"))).isEqualTo(Problem.CONNECTION);
        int posts = PROVIDER.getAllServeEvents().size();
        PROVIDER.resetRequests();

        assertThat(problem(http, call("GET"))).isEqualTo(Problem.CONNECTION);
        assertThat(PROVIDER.getAllServeEvents().size()).isGreaterThan(posts);
    }

    @Test
    void an_answer_that_does_not_come_or_does_not_end_is_given_up() {
        PROVIDER.stubFor(any(anyUrl()).willReturn(ok().withFixedDelay(3_000)));
        assertThat(problem(http, call("POST"))).isEqualTo(Problem.TIMEOUT);

        PROVIDER.stubFor(
                any(anyUrl())
                        .willReturn(ok("x".repeat(9_000)).withChunkedDribbleDelay(100, 20_000)));
        assertThat(problem(http, call("POST"))).isEqualTo(Problem.TIMEOUT);
    }

    @Test
    void an_answer_that_is_too_long_is_not_read() {
        PROVIDER.stubFor(any(anyUrl()).willReturn(ok("x".repeat(20_000))));

        assertThat(problem(http, call("GET"))).isEqualTo(Problem.TOO_LARGE);
        asked(1);
    }

    @Test
    void a_redirect_is_an_answer_and_is_not_followed() {
        PROVIDER.stubFor(
                any(anyUrl())
                        .willReturn(
                                aResponse()
                                        .withStatus(302)
                                        .withHeader("Location", "http://169.254.169.254/")));

        assertThat(send(http, call("GET")).status()).isEqualTo(302);
        asked(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"http://127.0.0.1", "http://localhost", "http://[::1]", "http://0.0.0.0"})
    void an_address_of_ours_is_not_connected_to(String host) {
        PROVIDER.stubFor(any(anyUrl()).willReturn(ok()));
        ProviderHttp guarded = client(true, resolver(false));

        assertThat(
                        problem(
                                guarded,
                                ProviderCall.of(
                                        connection,
                                        "tap",
                                        "GET",
                                        host + ":" + PROVIDER.port(),
                                        "/")))
                .isEqualTo(Problem.FORBIDDEN_ADDRESS);
        asked(0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://10.0.0.1",
                "http://192.168.0.1",
                "http://169.254.169.254",
                "http://100.64.0.1",
                "http://224.0.0.1",
                "http://[::ffff:a00:1]",
                "http://[fd00::1]"
            })
    void a_private_address_is_not_connected_to_even_where_loopback_is(String host) {
        assertThat(problem(http, ProviderCall.of(connection, "tap", "GET", host, "/")))
                .isEqualTo(Problem.FORBIDDEN_ADDRESS);
    }

    @Test
    void a_provider_is_called_by_https_only() {
        ProviderHttp strict = client(false, resolver(false));

        assertThatThrownBy(() -> send(strict, call("GET")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("https");
    }

    @Test
    void a_connection_whose_calls_fail_is_given_a_rest_and_no_other_is() {
        PROVIDER.stubFor(any(anyUrl()).willReturn(aResponse().withStatus(500)));
        for (int i = 0; i < 10; i++) {
            assertThat(send(http, call("GET")).status()).isEqualTo(500);
        }

        assertThat(problem(http, call("GET"))).isEqualTo(Problem.CIRCUIT_OPEN);
        asked(10);
        ProviderCall other =
                ProviderCall.of(UUID.randomUUID(), "tap", "GET", PROVIDER.baseUrl(), "/");
        assertThat(send(http, other).status()).isEqualTo(500);
    }

    @Test
    void nothing_that_is_printed_holds_a_header_a_value_or_a_body() {
        ProviderCall call =
                call("POST").header("Authorization", "s3cret").body("text/plain", "s3cret");
        PROVIDER.stubFor(any(anyUrl()).willReturn(ok("s3cret").withHeader("X-Other", "s3cret")));

        assertThat(call).asString().doesNotContain("s3cret").doesNotContain("chg/1");
        assertThat(send(http, call)).asString().doesNotContain("s3cret");
    }
}
