package io.customergraph.run;

import static io.customergraph.testing.Records.person;
import static io.customergraph.testing.Records.shopifyCustomer;
import static io.customergraph.testing.Records.ticket;

import static org.assertj.core.api.Assertions.assertThat;

import io.customergraph.ingest.Ingestion;
import io.customergraph.ingest.SourceRecord;
import io.customergraph.review.CandidateQueue;
import io.customergraph.tenant.Caller;
import io.customergraph.tenant.Scope;
import io.customergraph.tenant.TenantContext;
import io.customergraph.tenant.TenantId;
import io.customergraph.testing.TestDatabase;

import org.junit.jupiter.api.Test;

import reactor.core.publisher.Mono;

import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

class MatchRunnerTest {

    private static final TestDatabase DATABASE = TestDatabase.shared();

    private static final List<String> NAMES =
            List.of(
                    "Olivia Thornbury",
                    "Hassan Jaber",
                    "Beatrix Quigley",
                    "Mustafa Demir",
                    "Ingrid Sorensen",
                    "Pavel Novotny",
                    "Yusuf Okonkwo",
                    "Camille Fontaine",
                    "Rashid Zubair",
                    "Gwendolyn Pike",
                    "Dmitri Volkov",
                    "Leila Hosseini",
                    "Xavier Delacroix",
                    "Tomoko Ishii",
                    "Wilhelm Brandt",
                    "Nadia Chraibi",
                    "Euan Mackintosh",
                    "Fatou Diop",
                    "Stavros Kontos",
                    "Zuleika Vance");

    private final TenantId tenant = DATABASE.newTenant();
    private final MatchRuns runs = new MatchRuns(DATABASE.client(), DATABASE.transaction());
    private final MatchRunner runner =
            new MatchRunner(
                    DATABASE.client(),
                    DATABASE.transaction(),
                    runs,
                    new CandidateQueue(
                            DATABASE.client(), DATABASE.transaction(), Clock.systemUTC()),
                    Clock.systemUTC());
    private final Ingestion ingestion = new Ingestion(DATABASE.client(), DATABASE.transaction());

    private void ingest(TenantId of, SourceRecord... records) {
        ingestion.ingest(List.of(records)).contextWrite(TenantContext.of(of)).block();
    }

    private <T> Optional<T> as(Mono<T> work) {
        Caller steward = new Caller(tenant, "key:steward", Set.of(Scope.MATCHING_REVIEW));
        return work.contextWrite(TenantContext.of(steward)).blockOptional();
    }

    private UUID request(String mode) {
        return ((RunRequest.Accepted) as(runs.request(mode, null)).orElseThrow()).run();
    }

    private String run(String mode) {
        UUID id = request(mode);
        as(runner.work());
        return ask(
                "SELECT concat_ws(' ', status, phase, customers, likely_pairs, review_pairs,"
                        + " merged) FROM match_runs WHERE id = '"
                        + id
                        + "'");
    }

    private String ask(String sql) {
        return String.valueOf(
                DATABASE.owner()
                        .queryForObject(
                                sql.replace(":tenant", "'" + tenant.value() + "'"), String.class));
    }

    private void knowPeople(TenantId of) {
        for (String name : NAMES) {
            String mailbox = name.toLowerCase(Locale.ROOT).replace(" ", "");
            ingest(of, ticket(person("a" + mailbox, name, mailbox + "@example.com", null)));
            ingest(of, ticket(person("b" + mailbox, name, mailbox + "1@example.com", null)));
        }
    }

    @Test
    void a_dry_run_counts_and_writes_nothing() {
        knowPeople(tenant);

        assertThat(run("dry_run")).isEqualTo("finished done 40 20 0 0");

        assertThat(ask("SELECT count(*) FROM match_candidates WHERE tenant_id = :tenant"))
                .isEqualTo("0");
    }

    @Test
    void what_is_evident_is_merged_and_a_second_run_finds_nothing() {
        TenantId rival = DATABASE.newTenant();
        knowPeople(tenant);
        knowPeople(rival);

        assertThat(run("apply")).isEqualTo("finished done 40 20 0 20");
        assertThat(run("apply")).isEqualTo("finished done 20 0 0 0");

        assertThat(
                        DATABASE.owner()
                                .queryForObject(
                                        "SELECT count(*) FROM customers WHERE tenant_id = ? AND"
                                                + " status = 'active'",
                                        Long.class,
                                        rival.value()))
                .isEqualTo(40);
    }

    @Test
    void what_is_not_evident_waits_for_a_person() {
        ingest(tenant, shopifyCustomer("1", "Mona Aziz", "mona.aziz@example.com", null));
        ingest(tenant, shopifyCustomer("2", "Mona Aziz", "mona.azizz@example.com", null));

        run("apply");

        assertThat(
                        ask(
                                "SELECT concat_ws(' ', reason, status, decided_by) FROM"
                                        + " match_candidates WHERE tenant_id = :tenant"))
                .isEqualTo("below_automatic open TWO_IDS_IN_ONE_ACCOUNT");
    }

    @Test
    void one_run_at_a_time_and_an_empty_tenant_is_done_at_once() {
        UUID first = request("apply");

        assertThat(as(runs.request("apply", null)).orElseThrow())
                .isInstanceOf(RunRequest.Refused.class);
        as(runner.work());

        assertThat(ask("SELECT status FROM match_runs WHERE id = '" + first + "'"))
                .isEqualTo("finished");
        assertThat(request("apply")).isNotEqualTo(first);
    }

    @Test
    void a_run_whose_node_died_is_taken_up_again_and_not_for_ever() {
        knowPeople(tenant);
        UUID id = request("apply");
        as(runs.claim(tenant));
        as(runner.work());
        assertThat(ask("SELECT status FROM match_runs WHERE id = '" + id + "'"))
                .as("another node is at it")
                .isEqualTo("running");

        die(id);
        as(runner.work());
        assertThat(
                        ask(
                                "SELECT concat_ws(' ', status, attempts, merged) FROM match_runs"
                                        + " WHERE id = '"
                                        + id
                                        + "'"))
                .isEqualTo("finished 2 20");

        UUID cursed = request("apply");
        for (int n = 0; n < 6; n++) {
            as(runs.claim(tenant));
            die(cursed);
        }
        assertThat(
                        ask(
                                "SELECT concat_ws(' ', status, failure) FROM match_runs WHERE id ="
                                        + " '"
                                        + cursed
                                        + "'"))
                .isEqualTo("failed its nodes ended 5 times");
    }

    private void die(UUID run) {
        DATABASE.owner()
                .update(
                        "UPDATE match_runs SET heartbeat_at = now() - interval '2 minutes' WHERE"
                                + " id = ?",
                        run);
    }
}
