package io.customergraph.merge;

import static io.customergraph.testing.Records.START;
import static io.customergraph.testing.Records.appointment;
import static io.customergraph.testing.Records.contact;
import static io.customergraph.testing.Records.later;
import static io.customergraph.testing.Records.order;
import static io.customergraph.testing.Records.origin;
import static io.customergraph.testing.Records.person;
import static io.customergraph.testing.Records.prospect;
import static io.customergraph.testing.Records.shopifyCustomer;
import static io.customergraph.testing.Records.ticket;

import static org.assertj.core.api.Assertions.assertThat;

import io.customergraph.customer.UserError;
import io.customergraph.ingest.SourceRecord;

import org.junit.jupiter.api.Test;

import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

class MergesTest {

    private final People people = new People();

    private static List<UserError.Code> codes(MergeOutcome outcome) {
        return switch (outcome) {
            case MergeOutcome.Done done -> List.of();
            case MergeOutcome.Refused refused ->
                    refused.errors().stream().map(UserError::code).toList();
        };
    }

    private static SourceRecord met(String name, String email) {
        return ticket(person(null, name, email, null));
    }

    @Test
    void everything_of_the_absorbed_is_the_survivors() {
        UUID a = people.ingest(met("Sara Haddad", "sara@a.example"));
        UUID b =
                people.ingest(
                        order(
                                person(null, "S. Haddad", "s@b.example", "+966501110001"),
                                "10.00",
                                "SAR",
                                "paid",
                                START));

        MergePreview preview = people.preview(a, b);
        assertThat(preview.blockers()).isEmpty();
        assertThat(preview.moves()).containsExactly(new MergePreview.Move("shopify_order", 1));
        assertThat(preview.identifiers()).isEqualTo(2);
        assertThat(preview.lifetimeValue()).hasSize(1);
        assertThat(people.merge(preview, Objects.requireNonNull(preview.token())))
                .isInstanceOf(MergeOutcome.Done.class);

        assertThat(
                        people.ask(
                                "SELECT total_orders || ' ' || total_tickets || ' ' || phone FROM"
                                        + " customers WHERE tenant_id = :tenant AND id = '"
                                        + a
                                        + "'"))
                .containsExactly("1 1 +966501110001");
        assertThat(
                        people.ask(
                                "SELECT status FROM customers WHERE tenant_id = :tenant AND"
                                        + " merged_into = '"
                                        + a
                                        + "'"))
                .containsExactly("merged");
        assertThat(people.ingest(met("Sara", "s@b.example"))).isEqualTo(a);
    }

    @Test
    void undone_each_side_has_its_own_again_and_what_came_to_it_meanwhile() {
        UUID a = people.ingest(met("Sara Haddad", "sara@a.example"));
        UUID b = people.ingest(met("Sally Hadid", "sally@b.example"));
        people.merge(a, b);
        people.ingest(
                appointment(person(null, "Sally", "sally@b.example", "+966501110002"), START));
        people.ingest(prospect(person(null, "Sara", "sara@a.example", "+966501110003")));

        assertThat(people.unmerge(b)).isInstanceOf(MergeOutcome.Done.class);

        assertThat(
                        people.ask(
                                "SELECT email || ' ' || phone || ' ' || total_appointments FROM"
                                        + " customers WHERE tenant_id = :tenant ORDER BY email"))
                .containsExactly(
                        "sally@b.example +966501110002 1", "sara@a.example +966501110003 0");
        assertThat(
                        people.ask(
                                "SELECT kind FROM match_decisions WHERE tenant_id = :tenant AND"
                                    + " other_customer_id IS NOT NULL AND withdrawn_at IS NULL"))
                .containsExactly("split");
        assertThat(people.ingest(met("Sally", "sally@b.example"))).isEqualTo(b);
        assertThat(codes(people.unmerge(b))).containsExactly(UserError.Code.NOT_FOUND);
    }

    @Test
    void a_contact_of_a_helpdesk_goes_with_its_customer_and_comes_back() {
        UUID a = people.ingest(contact("71", person("71", "Sara Haddad", "sara@a.example", null)));
        UUID b = people.ingest(contact("72", person("72", "Sally Hadid", "sally@b.example", null)));
        String whose =
                "SELECT external_id || ' ' || customer_id FROM support_contacts"
                        + " WHERE tenant_id = :tenant ORDER BY 1";

        people.merge(a, b);

        assertThat(people.ask(whose)).containsExactly("71 " + a, "72 " + a);
        assertThat(people.unmerge(b)).isInstanceOf(MergeOutcome.Done.class);
        assertThat(people.ask(whose)).containsExactly("71 " + a, "72 " + b);
    }

    @Test
    void an_address_of_the_other_that_was_made_the_survivors_goes_home() {
        UUID a = people.ingest(met("Sara Haddad", "sara@a.example"));
        UUID b = people.ingest(met("Sally Hadid", "sally@b.example"));
        people.merge(a, b);
        people.enterEmail(a, "sally@b.example");
        assertThat(profile(a)).containsExactly("Sara|Haddad|sally@b.example");

        assertThat(people.unmerge(b)).isInstanceOf(MergeOutcome.Done.class);

        assertThat(profile(a)).containsExactly("Sara|Haddad|sara@a.example");
        assertThat(profile(b)).containsExactly("Sally|Hadid|sally@b.example");
    }

    @Test
    void what_survives_is_the_same_whether_records_came_one_by_one_or_it_is_worked_out_again() {
        UUID a =
                people.ingest(shopifyCustomer("31", "Sara Haddad", "s@v.example", "+966501117001"));
        people.ingest(
                ticket(
                        later(origin("freshdesk", "acme", "t1"), 3_600),
                        person("9", "Sarra Hadad", "s@v.example", "+966501117002")));
        people.ingest(
                ticket(
                        later(origin("freshdesk", "acme", "t2"), 7_200),
                        person("9", "Sara H", "s@v.example", "+966501117001")));
        UUID b = people.ingest(met("Omar", "omar@v.example"));
        List<String> before = people.everything();

        people.merge(a, b);
        people.unmerge(b);

        assertThat(people.everything()).containsExactlyInAnyOrderElementsOf(before);
    }

    @Test
    void chains_are_undone_in_any_order() {
        for (boolean isInnerFirst : new boolean[] {true, false}) {
            People chain = new People();
            UUID a = chain.ingest(met("Anna One", "a@one.example"));
            UUID b = chain.ingest(met("Berta Two", "b@two.example"));
            UUID c = chain.ingest(met("Clara Three", "c@three.example"));
            List<String> before = chain.everything();
            chain.merge(b, c);
            chain.merge(a, b);
            assertThat(chain.ingest(met("Clara Three", "c@three.example"))).isEqualTo(a);

            chain.unmerge(isInnerFirst ? c : b);
            assertThat(chain.ingest(met("Clara Three", "c@three.example")))
                    .isEqualTo(isInnerFirst ? c : b);
            chain.unmerge(isInnerFirst ? b : c);

            assertThat(
                            chain.ask(
                                    "SELECT count(*) FROM customers WHERE tenant_id = :tenant AND"
                                            + " status = 'active'"))
                    .containsExactly("3");
            assertThat(chain.everything())
                    .containsAll(
                            before.stream().filter(row -> row.startsWith("identifier|")).toList());
        }
    }

    @Test
    void what_cannot_be_merged_is_said() {
        UUID a = people.ingest(shopifyCustomer("501", "Omar", "o@a.example", null));
        UUID b = people.ingest(shopifyCustomer("502", "Omar", "o@b.example", null));
        UUID stranger = new People().ingest(met("Eve", "eve@x.example"));

        MergePreview twoIds = people.preview(a, b);
        assertThat(twoIds.blockers())
                .extracting(MergeBlocker::code)
                .containsExactly(MergeBlocker.Code.TWO_IDS_IN_ONE_ACCOUNT);
        assertThat(codes(people.as(people.merges.merge(request(twoIds, Map.of())))))
                .containsExactly(UserError.Code.BLOCKED);
        assertThat(people.preview(a, a).token()).isNull();
        assertThat(codes(people.merge(a, a))).containsExactly(UserError.Code.INVALID);
        assertThat(codes(people.merge(a, stranger))).containsExactly(UserError.Code.NOT_FOUND);
        assertThat(codes(people.merge(a, UUID.randomUUID())))
                .containsExactly(UserError.Code.NOT_FOUND);
        assertThat(codes(people.merge(a, b))).isEmpty();
        assertThat(codes(people.merge(a, b))).containsExactly(UserError.Code.ALREADY_MERGED);
        assertThat(codes(people.merge(b, a))).contains(UserError.Code.ALREADY_MERGED);
        assertThat(codes(people.unmerge(stranger))).containsExactly(UserError.Code.NOT_FOUND);
    }

    @Test
    void a_preview_is_stale_after_any_write() {
        UUID a = people.ingest(met("Sara", "sara@a.example"));
        UUID b = people.ingest(met("Sara", "sara@b.example"));
        MergePreview seen = people.preview(a, b);
        people.ingest(met("Sara", "sara@b.example"));

        assertThat(codes(people.merge(seen, Objects.requireNonNull(seen.token()))))
                .containsExactly(UserError.Code.STALE_PREVIEW);

        MergePreview again = people.preview(a, b);
        people.rename(a, "Zara");
        assertThat(codes(people.merge(again, Objects.requireNonNull(again.token()))))
                .containsExactly(UserError.Code.STALE_PREVIEW);
        assertThat(codes(people.merge(a, b))).isEmpty();
    }

    @Test
    void of_two_merges_at_once_in_both_directions_one_is_done() {
        for (int round = 0; round < 5; round++) {
            UUID a = people.ingest(met("A", "a" + round + "@x.example"));
            UUID b = people.ingest(met("B", "b" + round + "@x.example"));
            MergePreview oneWay = people.preview(a, b);
            MergePreview otherWay = people.preview(b, a);

            List<MergeOutcome> outcomes =
                    people.as(
                            Mono.zip(merge(oneWay), merge(otherWay))
                                    .map(both -> List.of(both.getT1(), both.getT2())));

            assertThat(outcomes.stream().filter(MergeOutcome.Done.class::isInstance)).hasSize(1);
        }
        assertThat(
                        people.ask(
                                "SELECT count(*) FROM customers WHERE tenant_id = :tenant AND"
                                        + " status = 'active'"))
                .containsExactly("5");
    }

    private Mono<MergeOutcome> merge(MergePreview preview) {
        return people.merges.merge(request(preview, Map.of())).subscribeOn(Schedulers.parallel());
    }

    private static MergeRequest request(MergePreview preview, Map<String, UUID> fields) {
        return new MergeRequest(
                preview.survivor(),
                preview.absorbed(),
                Objects.requireNonNull(preview.token()),
                Set.of(),
                fields,
                null);
    }

    @Test
    void a_person_may_choose_whose_value_a_field_has_while_the_merge_stands() {
        UUID a = people.ingest(met("Sara Haddad", "sara@a.example"));
        UUID b = people.ingest(met("Sarah Hadad", "sarah@b.example"));
        UUID stranger = people.ingest(met("Eve", "eve@c.example"));

        assertThat(merged(a, b, Map.of("first_name", stranger)))
                .containsExactly(UserError.Code.INVALID);
        assertThat(merged(a, b, Map.of("phone", b))).containsExactly(UserError.Code.INVALID);
        assertThat(merged(a, b, Map.of("first_name", b, "last_name", a, "email", b))).isEmpty();
        assertThat(profile(a)).containsExactly("Sarah|Haddad|sarah@b.example");
        people.ingest(met("Sally Haddad", "sara@a.example"));
        assertThat(profile(a)).containsExactly("Sarah|Haddad|sarah@b.example");

        people.unmerge(b);
        assertThat(profile(b)).containsExactly("Sarah|Hadad|sarah@b.example");
        assertThat(profile(a)).containsExactly("Sara|Haddad|sara@a.example");
    }

    private List<UserError.Code> merged(UUID a, UUID b, Map<String, UUID> fields) {
        return codes(people.as(people.merges.merge(request(people.preview(a, b), fields))));
    }

    private List<String> profile(UUID customer) {
        return people.ask(
                "SELECT concat_ws('|', first_name, last_name, email) FROM customers WHERE"
                        + " tenant_id = :tenant AND id = '"
                        + customer
                        + "'");
    }

    @Test
    void what_is_kept_apart_stays_apart_whatever_its_sides_became() {
        UUID a = people.ingest(met("Sara", "sara@a.example"));
        UUID b = people.ingest(met("Sami", "sami@b.example"));
        UUID c = people.ingest(met("Sam", "sam@c.example"));
        people.ban(a, b);
        people.merge(c, b);

        assertThat(people.preview(a, c).blockers())
                .extracting(MergeBlocker::code)
                .containsExactly(MergeBlocker.Code.BANNED);
        assertThat(codes(people.merge(c, a))).containsExactly(UserError.Code.BLOCKED);
    }

    @Test
    void of_consents_the_stricter_holds_and_the_preview_says_so() {
        UUID a = people.ingest(met("Sara", "sara@a.example"));
        UUID b = people.ingest(met("Sara", "sara@b.example"));
        people.consent(a, "email", "granted");
        people.consent(b, "email", "denied");
        people.consent(b, "sms", "granted");

        assertThat(people.preview(a, b).consents())
                .containsExactly(
                        new MergePreview.ConsentChange("email", "marketing", "granted", "denied"),
                        new MergePreview.ConsentChange("sms", "marketing", null, "granted"));
    }

    @Test
    void a_record_that_speaks_of_both_is_told_when_they_part() {
        UUID a = people.ingest(met("Sara", "sara@a.example"));
        UUID b = people.ingest(ticket(person(null, "Sara", null, "+966501110009")));
        people.merge(a, b);
        people.ingest(ticket(person(null, "Sara", "sara@a.example", "+966501110009")));

        MergeOutcome outcome = people.unmerge(b);

        assertThat(outcome)
                .isInstanceOfSatisfying(
                        MergeOutcome.Done.class, done -> assertThat(done.ambiguous()).hasSize(1));
    }
}
