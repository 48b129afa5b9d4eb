package io.customergraph.limits;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.http.HttpHeaders;

class AllowanceTest {

    @Test
    void a_dear_request_takes_the_place_of_several() {
        Allowance allowance = new Allowance(10);
        HttpHeaders headers = new HttpHeaders();

        assertThat(allowance.take(headers)).isTrue();
        allowance.charge(9_999);
        assertThat(allowance.take(headers)).isTrue();
        allowance.charge(50_000);
        assertThat(allowance.take(headers)).isTrue();

        assertThat(headers.getFirst("RateLimit")).startsWith("\"minute\";r=2;");
    }

    @Test
    void what_was_taken_too_much_has_to_be_waited_for() {
        Allowance allowance = new Allowance(6);
        HttpHeaders headers = new HttpHeaders();

        assertThat(allowance.take(headers)).isTrue();
        allowance.charge(100_000);

        assertThat(allowance.take(headers)).isFalse();
        assertThat(Long.parseLong(String.valueOf(headers.getFirst("Retry-After"))))
                .isBetween(50L, 60L);
    }

    @Test
    void holders_do_not_share_and_a_new_rate_begins_anew() {
        Allowances allowances = new Allowances();
        Allowances.Holder one = new Allowances.Holder("key/1", 5);

        assertThat(allowances.of(one)).isSameAs(allowances.of(new Allowances.Holder("key/1", 5)));
        assertThat(allowances.of(one))
                .isNotSameAs(allowances.of(new Allowances.Holder("key/2", 5)))
                .isNotSameAs(allowances.of(new Allowances.Holder("key/1", 6)));
    }
}
