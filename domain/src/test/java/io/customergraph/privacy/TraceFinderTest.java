package io.customergraph.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import io.customergraph.ingest.Erasure.SourceId;
import io.customergraph.ingest.Erasure.Traces;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;

class TraceFinderTest {

    private static final TraceFinder FINDER =
            new TraceFinder(
                    new Traces(
                            List.of("sara+a@example.com"),
                            List.of("+966501112223"),
                            List.of(
                                    new SourceId("acme", "42"),
                                    new SourceId("acme", "7012345678901"))));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"email\": \"Sara+A@Example.com\"}",
                "customerDetails=x&email=sara%2Ba%40example.com",
                "{\"phone\": \"+966 50 111-2223\"}",
                "{\"phone\": \"0501112223\"}",
                "{\"email\": \"sara\\u002Ba\\u0040example.com\"}",
                "{\"from\": 966501112223}",
                "{\"phone\": \"٠٥٠١١١٢٢٢٣\"}",
                "{\"ticket_id\": 42, \"subject\": \"x\"}",
                "{\"id\":\"42\"}",
                "{\"admin_graphql_api_id\": \"gid://shopify/Customer/7012345678901\"}"
            })
    void finds_the_person_however_they_are_written(String text) {
        assertThat(FINDER.isIn("acme", text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"email\": \"other@example.com\"}",
                "{\"quantity\": 42}",
                "{\"id\": 421}",
                "{\"id\": 70123456789012}",
                "{\"phone\": \"+966501112224\", \"total\": 501, \"other\": 112223}"
            })
    void leaves_others_alone(String text) {
        assertThat(FINDER.isIn("acme", text)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"-", "+", "n/a", "0", "12345"})
    void what_is_no_phone_is_nobodys(String phone) {
        TraceFinder finder = new TraceFinder(new Traces(List.of(), List.of(phone), List.of()));

        assertThat(finder.isIn("acme", "{\"phone\": \"+966 50 111-2223\", \"n\": 12345}"))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"id\": 42}", "{\"id\": 7012345678901}"})
    void an_id_means_somebody_within_its_account_only(String text) {
        assertThat(FINDER.isIn("rival", text)).isFalse();
    }
}
