package io.customergraph.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.customergraph.tenant.TenantContext;
import io.customergraph.testing.TestDatabase;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.r2dbc.core.DatabaseClient;

import reactor.core.publisher.Mono;

import java.util.concurrent.atomic.AtomicInteger;

class LostRaceTest {

    private final TestDatabase database = TestDatabase.shared();
    private final DatabaseClient client = database.client();

    /** Fails as the database would, with a state of SQL. */
    private Throwable failureOf(String state) {
        return client.sql(
                        "DO $$ BEGIN RAISE EXCEPTION 'of a test' USING ERRCODE = '%s'; END $$"
                                .formatted(state))
                .then()
                .contextWrite(TenantContext.of(database.newTenant()))
                .then(Mono.<Throwable>empty())
                .onErrorResume(Mono::just)
                .blockOptional()
                .orElseThrow();
    }

    @ParameterizedTest
    @CsvSource({
        "40P01, true", // a deadlock
        "40001, true", // another transaction changed it first
        "55P03, false", // a lock was waited for until lock_timeout: the next wait is as long
        "57014, false", // statement_timeout
        "23505, false", // a key that is there
    })
    void only_what_the_database_rolled_back_for_another_is_a_lost_race(
            String state, boolean isLost) {
        assertThat(LostRace.isCauseOf(failureOf(state))).isEqualTo(isLost);
    }

    @Test
    void a_lost_race_is_repeated_and_anything_else_is_not() {
        AtomicInteger attempts = new AtomicInteger();
        Throwable lost = failureOf("40P01");
        Throwable late = failureOf("55P03");

        Mono.<Void>defer(
                        () ->
                                switch (attempts.incrementAndGet()) {
                                    case 1 -> Mono.error(lost);
                                    case 2 -> Mono.error(late);
                                    default -> Mono.empty();
                                })
                .retryWhen(LostRace.again())
                .onErrorResume(failure -> Mono.empty())
                .block();

        assertThat(attempts).hasValue(2);
    }
}
