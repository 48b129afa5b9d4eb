package io.customergraph.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.customergraph.address.PublicUrl;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.mock.env.MockEnvironment;

class PublicUrlConfigurationTest {

    private static PublicUrl url(String given, String profile) {
        MockEnvironment environment = new MockEnvironment();
        environment.setActiveProfiles(profile);
        return new PublicUrlConfiguration().publicUrl(given, 8081, environment);
    }

    @Test
    void the_demo_is_on_this_machine_unless_somebody_says_otherwise() {
        assertThat(url("", "demo").address("/a")).isEqualTo("http://localhost:8081/a");
        assertThat(url("http://127.0.0.1:9/", "demo").address("/a"))
                .isEqualTo("http://127.0.0.1:9/a");
    }

    @Test
    void everywhere_else_it_is_given_with_or_without_a_slash() {
        assertThat(url("https://api.example.com", "production").address("/a"))
                .isEqualTo("https://api.example.com/a");
        assertThat(url(" https://api.example.com:8443/ ", "production").address("/a"))
                .isEqualTo("https://api.example.com:8443/a");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "api.example.com",
                "http://api.example.com",
                "ftp://api.example.com",
                "https://api.example.com/path",
                "https://api.example.com?a=b",
                "https://api.example.com#a",
                "https://user:hunter2@api.example.com",
                "https://",
                "::"
            })
    void without_a_good_one_production_does_not_start_and_says_what_to_set(String given) {
        assertThatThrownBy(() -> url(given, "production"))
                .isInstanceOfSatisfying(
                        StartRefused.class,
                        refused -> {
                            FailureAnalysis analysis = new StartRefused.Analyzer().analyze(refused);
                            assertThat(analysis).isNotNull();
                            assertThat(analysis.getAction())
                                    .contains("customergraph.public-url")
                                    .contains("https://api.example.com");
                            assertThat(analysis.getDescription()).doesNotContain("hunter2");
                        });
    }
}
