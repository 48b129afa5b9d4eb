package io.customergraph.run;

import static io.customergraph.testing.Records.person;
import static io.customergraph.testing.Records.shopifyCustomer;
import static io.customergraph.testing.Records.ticket;

import static org.assertj.core.api.Assertions.assertThat;

import io.customergraph.customer.UserError;
import io.customergraph.ingest.Ingestion;
import io.customergraph.ingest.SourceRecord;
import io.customergraph.matching.score.MatchModel;
import io.customergraph.model.MatchModels;
import io.customergraph.model.ModelChoice;
import io.customergraph.model.ScoringModels;
import io.customergraph.paging.PageRequest;
import io.customergraph.review.CandidateQueue;
import io.customergraph.review.MatchExplanation;
import io.customergraph.review.MatchExplanations;
import io.customergraph.tenant.Caller;
import io.customergraph.tenant.Scope;
import io.customergraph.tenant.TenantContext;
import io.customergraph.tenant.TenantId;
import io.customergraph.testing.ManyCustomers;
import io.customergraph.testing.TestDatabase;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

class TrainedModelsTest {

    private static final TestDatabase DATABASE = TestDatabase.shared();
    private static final int PEOPLE = 1_100;

    private final TenantId tenant = DATABASE.newTenant();
    private final MatchRuns runs = new MatchRuns(DATABASE.client(), DATABASE.transaction());
    private final CandidateQueue queue =
            new CandidateQueue(DATABASE.client(), DATABASE.transaction(), Clock.systemUTC());
    private final MatchRunner runner =
            new MatchRunner(
                    DATABASE.client(), DATABASE.transaction(), runs, queue, Clock.systemUTC());
    private final Ingestion ingestion =
            new Ingestion(DATABASE.client(), DATABASE.transaction(), queue::work);
    private final MatchModels models = new MatchModels(DATABASE.client());
    private final ScoringModels scoring = new ScoringModels(DATABASE.client());
    private final ModelChoice choice = new ModelChoice(DATABASE.client(), DATABASE.transaction());
    private final MatchExplanations explanations =
            new MatchExplanations(DATABASE.client(), Clock.systemUTC());

    private <T> T of(TenantId whose, Mono<T> work) {
        Caller admin = new Caller(whose, "key:admin", Set.of(Scope.TENANT_ADMIN));
        return Objects.requireNonNull(work.contextWrite(TenantContext.of(admin)).block());
    }

    private <T> T as(Mono<T> work) {
        return of(tenant, work);
    }

    private RunRequest run(String mode, @Nullable String model) {
        RunRequest requested = as(runs.request(mode, model));
        runner.work().contextWrite(TenantContext.of(tenant)).block();
        return requested;
    }

    private void train() {
        ManyCustomers.insert(DATABASE, tenant, PEOPLE);
        run("train", null);
    }

    private String ask(String sql) {
        return String.valueOf(
                DATABASE.owner()
                        .queryForObject(
                                sql.replace(":tenant", "'" + tenant.value() + "'"), String.class));
    }

    private String lastRun() {
        return ask(
                "SELECT concat_ws(' ', mode, status, phase, customers, model_version, failure)"
                        + " FROM match_runs WHERE tenant_id = :tenant ORDER BY requested_at DESC"
                        + " LIMIT 1");
    }

    private UUID ingest(SourceRecord record) {
        return as(ingestion.ingest(List.of(record))).getFirst().customer().orElseThrow();
    }

    private MatchExplanation explain(UUID a, UUID b, String version) {
        return as(scoring.ofVersion(tenant, version).flatMap(by -> explanations.of(a, b, by)));
    }

    @Test
    void training_stores_a_version_that_nothing_uses_yet() {
        train();

        assertThat(lastRun()).isEqualTo("train finished done 1210 trained-1");
        List<io.customergraph.model.MatchModel> stored = as(models.list(PageRequest.first(10)));
        assertThat(stored).hasSize(1);
        io.customergraph.model.MatchModel model = stored.getFirst();
        assertThat(model.version()).isEqualTo("trained-1");
        assertThat(model.status()).isEqualTo("trained");
        assertThat(model.trainedBy()).isEqualTo("key:admin");
        assertThat(model.training().converged()).isTrue();
        assertThat(model.training().customers()).isEqualTo(1_210);
        assertThat(model.training().expectedMatches()).isBetween(80.0, 140.0);
        assertThat(as(models.inUse())).isEqualTo(MatchModel.SHIPPED);
        assertThat(as(scoring.inUse(tenant)).version()).isEqualTo(MatchModel.SHIPPED);
        assertThat(as(scoring.ofVersion(tenant, "trained-1")).fields())
                .as("what is read is what was written")
                .isEqualTo(model.fields())
                .hasSize(10);

        run("train", null);
        assertThat(lastRun()).isEqualTo("train finished done 1210 trained-2");
        assertThat(as(models.list(PageRequest.first(1))).getFirst().version())
                .isEqualTo("trained-2");
        assertThat(as(models.count())).isEqualTo(2);
    }

    @Test
    void too_few_customers_say_so_and_store_nothing() {
        ManyCustomers.insert(DATABASE, tenant, 50);

        run("train", null);

        assertThat(lastRun())
                .isEqualTo(
                        "train failed training 55 Too few customers to learn from: 55, and it takes"
                                + " 1,000");
        assertThat(as(models.count())).isZero();
    }

    @Test
    void a_run_that_was_taken_up_twice_stores_one_model() {
        ManyCustomers.insert(DATABASE, tenant, PEOPLE);
        as(runs.request("train", null));
        Mono<Void> work = runner.work().contextWrite(TenantContext.of(tenant));

        Flux.merge(
                        work,
                        work.delaySubscription(java.time.Duration.ofMillis(200))
                                .doOnSubscribe(
                                        taken ->
                                                DATABASE.owner()
                                                        .update(
                                                                "UPDATE match_runs SET heartbeat_at"
                                                                    + " = now() - interval '2"
                                                                    + " minutes' WHERE tenant_id ="
                                                                    + " ? AND status = 'running'",
                                                                tenant.value())))
                .blockLast();

        assertThat(as(models.count())).isEqualTo(1);
        assertThat(lastRun()).isEqualTo("train finished done 1210 trained-1");
    }

    @Test
    void the_queue_scores_by_the_model_in_use_and_all_that_waits_again_by_the_next() {
        train();
        ingest(shopifyCustomer("881", "Mona Aziz", "mona@a.example", null));
        ingest(shopifyCustomer("882", "Mona Aziz", "mona@a.example", null));
        assertThat(open()).isEqualTo("open shipped-1 true");

        assertThat(as(choice.use("trained-1", "tried it"))).isEmpty();

        assertThat(
                        ask(
                                "SELECT bool_and(due_at IS NOT NULL)::text FROM match_candidates"
                                        + " WHERE tenant_id = :tenant AND status = 'open'"))
                .isEqualTo("true");
        queue.work().contextWrite(TenantContext.of(tenant)).block();
        assertThat(open()).isEqualTo("open trained-1 true");
        assertThat(
                        ask(
                                "SELECT concat_ws(' ', actor, action, detail ->> 'version', detail"
                                        + " ->> 'reason') FROM audit_log WHERE tenant_id = :tenant"
                                        + " AND subject_type = 'match_model'"))
                .isEqualTo("key:admin useMatchModel trained-1 tried it");
        run("dry_run", null);
        assertThat(lastRun()).startsWith("dry_run finished done 1212 trained-1");

        assertThat(as(choice.use(MatchModel.SHIPPED, null))).isEmpty();
        queue.work().contextWrite(TenantContext.of(tenant)).block();
        assertThat(open()).isEqualTo("open shipped-1 true");
        assertThat(as(models.list(PageRequest.first(1))).getFirst().status()).isEqualTo("retired");
    }

    private String open() {
        return ask(
                "SELECT concat_ws(' ', status, model_version, (agreement ->> 'EMAIL' ="
                        + " 'EXACT')::text) FROM match_candidates WHERE tenant_id = :tenant");
    }

    @Test
    void an_automatic_merge_keeps_the_model_and_all_that_it_was_made_by() {
        train();
        as(choice.use("trained-1", null));
        ingest(ticket(person(null, "Zuleika Quartermain", "zuleika@z.example", null)));
        ingest(ticket(person(null, "Zuleika Quartermain", null, "+966501119901")));

        ingest(ticket(person(null, "Zuleika Quartermain", "zuleika@z.example", "+966501119901")));

        assertThat(
                        ask(
                                "SELECT concat_ws(' ', model_version,"
                                    + " jsonb_path_query_first(evidence, '$.comparisons[*] ?"
                                    + " (@.field == \"LAST_NAME\").level') #>> '{}', ((SELECT"
                                    + " sum((c ->> 'counted')::numeric) FROM"
                                    + " jsonb_array_elements(evidence -> 'comparisons') c) +"
                                    + " (evidence ->> 'prior')::numeric - (evidence ->>"
                                    + " 'sum')::numeric)::numeric(9, 6)) FROM match_decisions WHERE"
                                    + " tenant_id = :tenant AND kind = 'merge'"))
                .isEqualTo("trained-1 EXACT 0.000000");
    }

    @Test
    void an_old_decision_is_explained_by_the_model_of_then() {
        train();
        UUID a = ingest(shopifyCustomer("883", "Mona Haddad", "mona@b.example", null));
        UUID b = ingest(shopifyCustomer("884", "Mona Haddad", "mona@b.example", null));
        as(choice.use("trained-1", null));

        MatchExplanation then = explain(a, b, MatchModel.SHIPPED);
        MatchExplanation now = explain(a, b, "trained-1");

        assertThat(then.explanation().model()).isEqualTo(MatchModel.SHIPPED);
        assertThat(now.explanation().model()).isEqualTo("trained-1");
        assertThat(then.explanation().comparisons())
                .allSatisfy(comparison -> assertThat(comparison.rarity()).isZero());
        assertThat(now.explanation().comparisons())
                .as("many are called Haddad, and few Mona")
                .anySatisfy(comparison -> assertThat(comparison.rarity()).isNegative())
                .anySatisfy(comparison -> assertThat(comparison.rarity()).isPositive());
    }

    @Test
    void a_dry_run_tries_a_model_that_is_not_in_use() {
        train();

        assertThat(run("dry_run", "trained-1")).isInstanceOf(RunRequest.Accepted.class);
        assertThat(lastRun()).startsWith("dry_run finished done 1210 trained-1");
        long found =
                Long.parseLong(
                        ask(
                                "SELECT likely_pairs + review_pairs FROM match_runs WHERE tenant_id"
                                        + " = :tenant AND mode = 'dry_run'"));
        assertThat(found).as("the doubles").isBetween(80L, 140L);
        assertThat(as(models.inUse())).isEqualTo(MatchModel.SHIPPED);

        for (String mode : List.of("apply", "train")) {
            assertThat(run(mode, "trained-1"))
                    .isInstanceOfSatisfying(
                            RunRequest.Refused.class,
                            refused ->
                                    assertThat(refused.error().code())
                                            .isEqualTo(UserError.Code.INVALID));
        }
    }

    @Test
    void a_model_of_levels_that_are_no_more_is_not_used() {
        train();
        as(choice.use("trained-1", null));
        assertThat(as(scoring.inUse(tenant)).version()).isEqualTo("trained-1");

        DATABASE.owner()
                .update(
                        "UPDATE match_models SET model = replace(model::text, 'SAME_MAILBOX',"
                                + " 'SAME_POSTBOX')::jsonb WHERE tenant_id = ?",
                        tenant.value());

        assertThat(as(scoring.inUse(tenant)).version()).isEqualTo(MatchModel.SHIPPED);
        assertThat(as(scoring.ofVersion(tenant, "trained-1").hasElement())).isFalse();
    }

    @Test
    void a_model_is_its_tenants_own() {
        train();
        TenantId rival = DATABASE.newTenant();

        assertThat(of(rival, models.count())).isZero();
        assertThat(of(rival, models.list(PageRequest.first(10)))).isEmpty();
        assertThat(of(rival, scoring.ofVersion(rival, "trained-1").hasElement())).isFalse();
        assertThat(of(rival, scoring.ofVersion(tenant, "trained-1").hasElement()))
                .as("row-level security, whatever the statement binds")
                .isFalse();
        assertThat(of(rival, choice.use("trained-1", null)))
                .extracting(UserError::code)
                .containsExactly(UserError.Code.NOT_FOUND);
        assertThat(of(rival, runs.request("dry_run", "trained-1")))
                .isInstanceOfSatisfying(
                        RunRequest.Refused.class,
                        refused ->
                                assertThat(refused.error().code())
                                        .isEqualTo(UserError.Code.NOT_FOUND));
        as(choice.use("trained-1", null));
        assertThat(of(rival, models.inUse())).isEqualTo(MatchModel.SHIPPED);
    }

    @Test
    void one_model_is_in_use_whoever_chooses_at_the_same_time() {
        train();
        run("train", null);

        Flux.range(0, 8)
                .flatMap(
                        n ->
                                choice.use("trained-" + (1 + n % 2), null)
                                        .contextWrite(
                                                TenantContext.of(
                                                        new Caller(
                                                                tenant,
                                                                "key:admin",
                                                                Set.of(Scope.TENANT_ADMIN)))),
                        8)
                .blockLast();

        assertThat(
                        ask(
                                "SELECT count(*) FROM match_models WHERE tenant_id = :tenant AND"
                                        + " status = 'in_use'"))
                .isEqualTo("1");
        String inUse = as(models.inUse());
        assertThat(as(choice.use(inUse, null)))
                .extracting(UserError::code)
                .containsExactly(UserError.Code.ALREADY_IN_USE);
    }

    @Test
    void what_people_decided_corrects_the_next_model() {
        ManyCustomers.insert(DATABASE, tenant, PEOPLE);
        // People rejected most of what agrees on both names: odds were too high.
        decide("rejected", 160);
        decide("merged", 60);

        run("train", null);

        io.customergraph.model.MatchModel model = as(models.list(PageRequest.first(1))).getFirst();
        assertThat(model.calibration().confirmed()).isEqualTo(60);
        assertThat(model.calibration().rejected()).isEqualTo(160);
        assertThat(Objects.requireNonNull(model.calibration().brierAfter()))
                .isLessThan(Objects.requireNonNull(model.calibration().brierBefore()));
    }

    /** Of the same pairs of customers that a run would find, as a person decided. */
    private void decide(String status, int pairs) {
        DATABASE.owner()
                .update(
                        """
                        INSERT INTO match_candidates (
                            tenant_id, id, customer_id, other_customer_id, reason, status,
                            closed_at, closed_by, agreement, due_at)
                        SELECT a.tenant_id, gen_random_uuid(), a.id, b.id, 'below_automatic', ?,
                               now(), CASE WHEN row_number() OVER () % 5 = 0 THEN 'resolver'
                                           ELSE 'key:steward' END,
                               '{"EMAIL": "DIFFERENT", "FIRST_NAME": "EXACT", "LAST_NAME": "EXACT"}',
                               NULL
                        FROM customers a
                        JOIN LATERAL (
                            SELECT id FROM customers b
                            WHERE b.tenant_id = a.tenant_id AND b.id > a.id
                              AND NOT EXISTS (SELECT FROM match_candidates m
                                              WHERE m.tenant_id = a.tenant_id
                                                AND m.customer_id = a.id)
                            ORDER BY id LIMIT 1) AS b ON true
                        WHERE a.tenant_id = ?
                        LIMIT ?
                        """,
                        status, tenant.value(), pairs * 5 / 4);
    }
}
