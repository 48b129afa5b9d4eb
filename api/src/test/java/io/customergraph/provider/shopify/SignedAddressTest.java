package io.customergraph.provider.shopify;

import static org.assertj.core.api.Assertions.assertThat;

import io.customergraph.provider.ProviderCall;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.UUID;

class SignedAddressTest {

    private static final UUID CONNECTION = new UUID(1, 2);

    @Test
    void an_address_becomes_a_call_whose_path_names_nothing() {
        ProviderCall call =
                SignedAddress.read(
                                CONNECTION,
                                "https://storage.example.com:8443/a/b%20c?Signature=x%2By%3D&flag&Expires=1")
                        .orElseThrow();

        assertThat(call.baseUrl()).isEqualTo("https://storage.example.com:8443");
        assertThat(call.path()).isEqualTo("/{part0}/{part1}");
        assertThat(call.pathValues()).containsEntry("part0", "a").containsEntry("part1", "b c");
        assertThat(call.query())
                .containsEntry("Signature", "x+y=")
                .containsEntry("flag", "")
                .containsEntry("Expires", "1");
        assertThat(call.toString()).doesNotContain("b c").doesNotContain("x+y=");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "http://storage.example.com/a",
                "file:///etc/passwd",
                "https:///a",
                "https://storage.example.com",
                "https://me:secret@storage.example.com/a",
                "https://storage.example.com/a b",
                "https://storage.example.com/a?{x}=1",
                "https://storage.example.com/a?%7Bx%7D=1"
            })
    void what_is_no_address_of_a_file_is_none(String address) {
        assertThat(SignedAddress.read(CONNECTION, address)).isEmpty();
    }
}
