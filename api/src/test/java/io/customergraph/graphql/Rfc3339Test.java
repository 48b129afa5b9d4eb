package io.customergraph.graphql;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Instant;
import java.util.SplittableRandom;

class Rfc3339Test {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1970-01-01T00:00:00Z",
                "1969-12-31T23:59:59.999999Z",
                "2024-02-29T12:30:45.120Z",
                "2026-11-21T03:00:00.000001Z",
                "2026-11-21T03:00:00.123456789Z",
                "0000-01-01T00:00:00Z",
                "-0001-12-31T00:00:00Z",
                "9999-12-31T23:59:59.999Z",
                "+10000-01-01T00:00:00Z"
            })
    void a_moment_is_written_as_java_writes_it(String moment) {
        assertThat(Rfc3339.write(Instant.parse(moment))).isEqualTo(moment);
    }

    @Test
    void any_moment_is() {
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 100_000; i++) {
            long second = random.nextLong(-70_000_000_000L, 260_000_000_000L);
            int unit = new int[] {1, 1_000, 1_000_000, 1_000_000_000}[random.nextInt(4)];
            Instant moment =
                    Instant.ofEpochSecond(second, wholeUnits(random.nextInt(1_000_000_000), unit));

            assertThat(Rfc3339.write(moment)).isEqualTo(moment.toString());
        }
    }

    private static int wholeUnits(int nanos, int unit) {
        return nanos - nanos % unit;
    }
}
