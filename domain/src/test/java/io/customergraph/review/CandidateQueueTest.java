package io.customergraph.review;

import static io.customergraph.testing.Records.person;
import static io.customergraph.testing.Records.shopifyCustomer;
import static io.customergraph.testing.Records.ticket;

import static org.assertj.core.api.Assertions.assertThat;

import io.customergraph.customer.Assurance;
import io.customergraph.ingest.ContactPoint;
import io.customergraph.ingest.Ingestion;
import io.customergraph.ingest.SourceRecord;
import io.customergraph.merge.MergeOutcome;
import io.customergraph.merge.MergePreview;
import io.customergraph.merge.MergeRequest;
import io.customergraph.merge.Merges;
import io.customergraph.tenant.Caller;
import io.customergraph.tenant.Scope;
import io.customergraph.tenant.TenantContext;
import io.customergraph.tenant.TenantId;
import io.customergraph.testing.Records;
import io.customergraph.testing.TestDatabase;

import org.junit.jupiter.api.Test;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

class CandidateQueueTest {

    private static final TestDatabase DATABASE = TestDatabase.shared();

    private final TenantId tenant = DATABASE.newTenant();
    private final CandidateQueue queue =
            new CandidateQueue(DATABASE.client(), DATABASE.transaction(), Clock.systemUTC());
    private final Ingestion ingestion =
            new Ingestion(DATABASE.client(), DATABASE.transaction(), queue::work);
    private final Merges merges = new Merges(DATABASE.client(), DATABASE.transaction());
    private final MatchRejections rejections =
            new MatchRejections(DATABASE.client(), DATABASE.transaction());

    private <T> T as(Mono<T> work) {
        Caller steward = new Caller(tenant, "key:steward", Set.of(Scope.MATCHING_REVIEW));
        return Objects.requireNonNull(work.contextWrite(TenantContext.of(steward)).block());
    }

    private UUID ingest(SourceRecord record) {
        return as(ingestion.ingest(List.of(record))).getFirst().customer().orElseThrow();
    }

    private void work() {
        queue.work().contextWrite(TenantContext.of(tenant)).block();
    }

    private List<String> ask(String sql) {
        return DATABASE.owner()
                .queryForList(sql.replace(":tenant", "'" + tenant.value() + "'"), String.class);
    }

    private List<String> candidates() {
        return ask(
                "SELECT concat_ws(' ', reason, status, decided_by, closed_reason) FROM"
                        + " match_candidates WHERE tenant_id = :tenant ORDER BY found_at, id");
    }

    private long living() {
        return Long.parseLong(
                ask("SELECT count(*) FROM customers WHERE tenant_id = :tenant AND status ="
                                + " 'active'")
                        .getFirst());
    }

    @Test
    void two_who_are_evidently_one_are_merged_at_once() {
        UUID byEmail = ingest(ticket(person(null, "Sara Haddad", "sara@a.example", null)));
        UUID byPhone = ingest(ticket(person(null, "Sarah Haddad", null, "+966501112001")));

        UUID both = ingest(ticket(person(null, "Sara Haddad", "sara@a.example", "+966501112001")));

        assertThat(both).isEqualTo(byEmail);
        assertThat(living()).isEqualTo(1);
        assertThat(candidates()).containsExactly("conflict merged AUTOMATIC");
        assertThat(
                        ask(
                                "SELECT concat_ws(' ', customer_id, other_customer_id, rule, actor,"
                                        + " model_version, evidence -> 'shared_kinds') FROM"
                                        + " match_decisions WHERE tenant_id = :tenant AND kind ="
                                        + " 'merge'"))
                .containsExactly(byEmail + " " + byPhone + " score resolver shipped-1 [\"phone\"]");
        assertThat(ingest(ticket(person(null, null, null, "+966501112001")))).isEqualTo(byEmail);
    }

    @Test
    void a_claimed_value_merges_nobody() {
        ingest(ticket(person(null, "Vera Lind", "vera@a.example", null)));
        ingest(ticket(person(null, "Vera Lind", null, "+966501112002")));

        ingest(
                Records.withContacts(
                        "Vera Lind",
                        ContactPoint.email("vera@a.example", Assurance.CLAIMED),
                        ContactPoint.phone("+966501112002", Assurance.CLAIMED)));

        assertThat(living()).isEqualTo(2);
        assertThat(
                        ask(
                                "SELECT kind FROM match_decisions WHERE tenant_id = :tenant AND"
                                        + " kind <> 'link'"))
                .isEmpty();
    }

    @Test
    void a_family_is_no_persons_work() {
        ingest(ticket(person(null, "Sara Haddad", null, "+966501112003")));
        ingest(ticket(person(null, "Omar Nasser", "omar@a.example", "+966501112003")));

        assertThat(living()).isEqualTo(2);
        assertThat(candidates()).containsExactly("margin closed BELOW_REVIEW below_review");
    }

    @Test
    void what_a_guard_forbids_waits_for_a_person() {
        ingest(shopifyCustomer("881", "Mona Aziz", "mona@a.example", null));
        ingest(shopifyCustomer("882", "Mona Aziz", "mona@a.example", null));

        assertThat(candidates()).containsExactly("conflict open TWO_IDS_IN_ONE_ACCOUNT");
        assertThat(
                        ask(
                                "SELECT (probability > 0.9 AND expected_value > 0.9)::text FROM"
                                        + " match_candidates WHERE tenant_id = :tenant"))
                .containsExactly("true");
    }

    @Test
    void a_rejected_pair_stays_two_whatever_comes() {
        UUID a = ingest(shopifyCustomer("891", "Mona Aziz", "mona@b.example", null));
        UUID b = ingest(shopifyCustomer("892", "Mona Aziz", "mona@b.example", null));

        assertThat(as(rejections.reject(a, b, "two sisters"))).isEmpty();
        assertThat(as(rejections.reject(b, a, "two sisters"))).isEmpty();
        ingest(ticket(person(null, "Mona Aziz", null, "+966501112004")));
        ingest(ticket(person(null, "Mona Aziz", "mona@b.example", "+966501112004")));

        assertThat(candidates().getFirst()).startsWith("conflict rejected");
        assertThat(
                        ask(
                                "SELECT actor FROM match_decisions WHERE tenant_id = :tenant AND"
                                        + " kind = 'ban'"))
                .containsExactly("key:steward");
        assertThat(living()).isEqualTo(2);
        assertThat(as(rejections.reject(a, UUID.randomUUID(), null))).hasSize(1);
    }

    @Test
    void what_a_person_took_apart_is_not_merged_again() {
        ingest(ticket(person(null, "Sara Haddad", "sara@c.example", null)));
        UUID b = ingest(ticket(person(null, "Sara Haddad", null, "+966501112005")));
        SourceRecord both = ticket(person(null, "Sara Haddad", "sara@c.example", "+966501112005"));
        ingest(both);
        assertThat(living()).isEqualTo(1);

        assertThat(as(merges.unmerge(b, "mother and daughter")))
                .isInstanceOf(MergeOutcome.Done.class);
        ingest(ticket(person(null, "Sara Haddad", "sara@c.example", "+966501112005")));
        work();

        assertThat(living()).isEqualTo(2);
        assertThat(candidates()).containsExactly("conflict open TAKEN_APART");
    }

    @Test
    void a_candidate_comes_back_from_a_merge_that_is_taken_back_with_what_it_rests_on() {
        UUID a = ingest(ticket(person(null, "Vera Lind", "vera@k.example", null)));
        ingest(ticket(person(null, "Vera Lind", null, "+966501112008")));
        ingest(
                Records.withContacts(
                        "Vera Lind",
                        ContactPoint.email("vera@k.example", Assurance.CLAIMED),
                        ContactPoint.phone("+966501112008", Assurance.CLAIMED)));
        UUID other = ingest(ticket(person(null, "Bruno Katz", "bruno@k.example", null)));
        MergePreview preview = as(merges.preview(other, List.of(a)));
        as(
                merges.merge(
                        new MergeRequest(
                                other,
                                List.of(a),
                                Objects.requireNonNull(preview.token()),
                                Set.of(),
                                Map.of(),
                                null)));
        work();

        as(merges.unmerge(a, "a mistake"));
        work();

        assertThat(
                        ask(
                                "SELECT concat_ws(' ', status, decided_by, claimed_kinds) FROM"
                                        + " match_candidates WHERE tenant_id = :tenant AND '"
                                        + a
                                        + "' IN (customer_id::text, other_customer_id::text)"))
                .containsExactly("open CLAIMED {phone}");
        assertThat(living()).isEqualTo(3);
    }

    @Test
    void a_merge_that_rested_on_what_turns_out_to_be_a_hub_is_taken_back() {
        DATABASE.owner()
                .update(
                        "UPDATE identifier_policies SET max_people = 3 WHERE tenant_id = ?",
                        tenant.value());
        UUID a = ingest(ticket(person(null, "Sara Haddad", "sara@h.example", null)));
        UUID b = ingest(ticket(person("s7", "Sara Haddad", null, "+966501112007")));
        ingest(ticket(person(null, "Sara Haddad", "sara@h.example", "+966501112007")));
        assertThat(living()).isEqualTo(1);

        for (String other : List.of("Ann Archer", "Bob Baker", "Cid Cook")) {
            ingest(
                    ticket(
                            person(
                                    null,
                                    other,
                                    other.substring(0, 3) + "@h.example",
                                    "+966501112007")));
        }

        assertThat(
                        ask(
                                "SELECT status || ' ' || coalesce(merged_into::text, '') FROM"
                                        + " customers WHERE tenant_id = :tenant AND id IN ('"
                                        + a
                                        + "', '"
                                        + b
                                        + "')"))
                .containsExactly("active ", "active ");
        assertThat(
                        ask(
                                "SELECT concat_ws(' ', reason, status, closed_reason) FROM"
                                        + " match_candidates WHERE tenant_id = :tenant AND reason ="
                                        + " 'hub'"))
                .containsExactly("hub closed below_review");
        assertThat(
                        ask(
                                "SELECT withdrawn_by || ': ' || withdrawn_reason FROM"
                                        + " match_decisions WHERE tenant_id = :tenant AND kind ="
                                        + " 'merge'"))
                .containsExactly("resolver: a value that it rested on is shared by too many");
        assertThat(ingest(ticket(person("s7", "Sara Haddad", null, null)))).isEqualTo(b);
    }

    @Test
    void a_merge_further_down_that_rested_on_a_hub_is_taken_back_alone() {
        DATABASE.owner()
                .update(
                        "UPDATE identifier_policies SET max_people = 3 WHERE tenant_id = ?",
                        tenant.value());
        UUID a = ingest(ticket(person(null, "Sara Haddad", "sara@i.example", null)));
        UUID b = ingest(ticket(person("s8", "Sara Haddad", null, "+966501112008")));
        ingest(ticket(person(null, "Sara Haddad", "sara@i.example", "+966501112008")));
        UUID c = ingest(ticket(person(null, "Sally Hadid", "sally@i.example", null)));
        MergePreview preview = as(merges.preview(c, List.of(a)));
        as(
                merges.merge(
                        new MergeRequest(
                                c,
                                List.of(a),
                                Objects.requireNonNull(preview.token()),
                                Set.of(),
                                Map.of(),
                                null)));

        for (String other : List.of("Ann Archer", "Bob Baker", "Cid Cook")) {
            ingest(ticket(person(null, other, other.charAt(0) + "@i.example", "+966501112008")));
        }

        assertThat(
                        ask(
                                "SELECT status || ' ' || coalesce(merged_into::text, '') FROM"
                                        + " customers WHERE tenant_id = :tenant AND id IN ('"
                                        + a
                                        + "', '"
                                        + b
                                        + "', '"
                                        + c
                                        + "') ORDER BY id"))
                .containsExactly("merged " + c, "active ", "active ");
    }

    @Test
    void a_candidate_follows_the_living() {
        UUID a = ingest(shopifyCustomer("901", "Mona Aziz", "mona@d.example", null));
        UUID b = ingest(shopifyCustomer("902", "Mona Aziz", "mona@d.example", null));
        UUID c = ingest(ticket(person(null, "Monica Asis", "monica@d.example", null)));
        MergePreview preview = as(merges.preview(c, List.of(b)));

        as(
                merges.merge(
                        new MergeRequest(
                                c,
                                List.of(b),
                                Objects.requireNonNull(preview.token()),
                                Set.of(),
                                Map.of(),
                                null)));

        assertThat(
                        ask(
                                "SELECT (due_at IS NOT NULL)::text FROM match_candidates WHERE"
                                        + " tenant_id = :tenant AND status = 'open' AND '"
                                        + a
                                        + "' IN (customer_id::text, other_customer_id::text) AND '"
                                        + c
                                        + "' IN (customer_id::text, other_customer_id::text)"))
                .containsExactly("true");
        work();
        assertThat(
                        ask(
                                "SELECT id FROM match_candidates WHERE tenant_id = :tenant AND"
                                        + " status = 'open' AND due_at IS NOT NULL"))
                .isEmpty();
    }

    @Test
    void many_workers_merge_each_pair_once_and_leave_other_tenants_alone() {
        TenantId rival = DATABASE.newTenant();
        Ingestion queueing = new Ingestion(DATABASE.client(), DATABASE.transaction());
        for (TenantId of : List.of(tenant, rival)) {
            for (int n = 0; n < 30; n++) {
                String email = "p" + n + "@e.example";
                String phone = "+9665011130" + (10 + n);
                queueing.ingest(
                                List.of(
                                        ticket(person(null, "Noor Name" + n, email, null)),
                                        ticket(person(null, "Noor Name" + n, null, phone)),
                                        ticket(person(null, "Noor Name" + n, email, phone))))
                        .contextWrite(TenantContext.of(of))
                        .block();
            }
        }
        assertThat(living()).isEqualTo(60);

        Flux.range(0, 4)
                .flatMap(worker -> queue.work().contextWrite(TenantContext.of(tenant)))
                .blockLast();
        work();

        assertThat(living()).isEqualTo(30);
        assertThat(
                        DATABASE.owner()
                                .queryForObject(
                                        "SELECT count(*) FROM customers WHERE tenant_id = ? AND"
                                                + " status = 'active'",
                                        Long.class,
                                        rival.value()))
                .isEqualTo(60);
    }
}
