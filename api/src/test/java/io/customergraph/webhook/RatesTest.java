package io.customergraph.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;

import java.util.UUID;

class RatesTest {

    private final Rates rates = new Rates();
    private final UUID connection = UUID.randomUUID();

    private static MockServerWebExchange request() {
        return MockServerWebExchange.from(MockServerHttpRequest.post("/"));
    }

    @Test
    void strangers_use_up_their_own_budget_and_not_the_providers() {
        MockServerWebExchange one = request();
        boolean isTaken = true;
        for (int i = 0; i < 20 * Rates.OF_STRANGERS && isTaken; i++) {
            one = request();
            isTaken = rates.takeOther(one, connection);
        }

        assertThat(isTaken).isFalse();
        assertThat(one.getResponse().getHeaders().getFirst("Retry-After")).isEqualTo("1");
        assertThat(rates.takeGenuine(request(), connection, 1)).isTrue();
        assertThat(rates.takeOther(request(), UUID.randomUUID())).isTrue();
    }

    @Test
    void the_provider_uses_up_its_own_and_is_told_when_to_go_on() {
        assertThat(rates.takeGenuine(request(), connection, 2)).isTrue();
        assertThat(rates.takeGenuine(request(), connection, 2)).isTrue();
        MockServerWebExchange third = request();

        assertThat(rates.takeGenuine(third, connection, 2)).isFalse();
        assertThat(third.getResponse().getHeaders().getFirst("Retry-After")).isNotNull();
        assertThat(rates.takeOther(request(), connection)).isTrue();
    }
}
