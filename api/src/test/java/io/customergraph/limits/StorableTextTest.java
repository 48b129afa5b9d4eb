package io.customergraph.limits;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

class StorableTextTest {

    @Test
    void every_language_can_be_stored() {
        assertThat(StorableText.is("محمد Zoë 😀 \u0001 \uFFFE")).isTrue();
    }

    @Test
    void a_nul_and_half_a_pair_cannot() {
        assertThat(StorableText.is("a\0")).isFalse();
        assertThat(StorableText.is("\uD83D")).isFalse();
        assertThat(StorableText.is("\uD83Dx")).isFalse();
        assertThat(StorableText.is("\uDE00\uD83D")).isFalse();
    }

    @Test
    void they_are_found_wherever_a_variable_hides_them() {
        assertThat(StorableText.isAllOf(Map.of("a", List.of(Map.of("b", "x\0"))))).isFalse();
        assertThat(StorableText.isAllOf(Map.of("a", Map.of("\0", 1)))).isFalse();
        assertThat(StorableText.isAllOf(Arrays.asList(1, null, true, "x"))).isTrue();
    }
}
