package io.customergraph.id;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

class Sha256Test {

    /** FIPS 180-2, appendix B.1. */
    private static final String OF_ABC =
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    @Test
    void what_remains_in_a_buffer_is_digested_and_stays() {
        ByteBuffer buffer = ByteBuffer.wrap("xabc".getBytes(StandardCharsets.UTF_8)).position(1);

        assertThat(Sha256.hex(buffer)).isEqualTo(OF_ABC);
        assertThat(Sha256.hex("abc".getBytes(StandardCharsets.UTF_8))).isEqualTo(OF_ABC);
        assertThat(buffer.remaining()).isEqualTo(3);
    }
}
