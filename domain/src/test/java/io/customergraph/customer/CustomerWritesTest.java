package io.customergraph.customer;

import static org.assertj.core.api.Assertions.assertThat;

import io.customergraph.tenant.Caller;
import io.customergraph.tenant.Scope;
import io.customergraph.tenant.TenantContext;
import io.customergraph.tenant.TenantId;
import io.customergraph.testing.TestDatabase;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

class CustomerWritesTest {

    private static final TestDatabase DATABASE = TestDatabase.shared();
    private final CustomerWrites writes =
            new CustomerWrites(DATABASE.client(), DATABASE.transaction());
    private final TenantId tenant = DATABASE.newTenant();
    private final Caller steward = new Caller(tenant, "key:steward", Set.of(Scope.CUSTOMERS_WRITE));

    private static CustomerDraft draft(
            Change<String> firstName, Change<String> email, Change<String> phone) {
        return new CustomerDraft(
                firstName,
                Change.keep(),
                email,
                phone,
                Change.keep(),
                Change.keep(),
                Change.keep(),
                Change.keep());
    }

    private WriteOutcome run(Mono<WriteOutcome> write) {
        return Objects.requireNonNull(write.contextWrite(TenantContext.of(steward)).block());
    }

    private UUID created(String name, String email) {
        return run(writes.create(draft(Change.set(name), Change.set(email), Change.keep())))
                .customer()
                .orElseThrow();
    }

    private Map<String, @Nullable Object> row(UUID id) {
        return DATABASE.owner()
                .queryForMap(
                        "SELECT * FROM customers WHERE tenant_id = ? AND id = ?",
                        tenant.value(),
                        id);
    }

    @Test
    void what_is_entered_is_normalised_and_audited() {
        UUID id =
                run(writes.create(
                                draft(
                                        Change.set(" Sara "),
                                        Change.set(" SARA@Example.com"),
                                        Change.set("050 123 4567"))))
                        .customer()
                        .orElseThrow();

        assertThat(row(id))
                .containsEntry("first_name", "Sara")
                .containsEntry("email", "sara@example.com")
                .containsEntry("phone", "+966501234567")
                .containsEntry("source", "manual");
        assertThat(
                        DATABASE.owner()
                                .queryForObject(
                                        "SELECT detail::text FROM audit_log WHERE tenant_id = ?",
                                        String.class,
                                        tenant.value()))
                .contains("email")
                .doesNotContain("sara@example.com");
    }

    @Test
    void what_nobody_sees_is_no_name_and_no_tag() {
        assertThat(
                        run(
                                writes.create(
                                        draft(
                                                Change.set("\u200b\u202e"),
                                                Change.keep(),
                                                Change.keep()))))
                .isInstanceOf(WriteOutcome.Refused.class);
        UUID id =
                run(writes.create(
                                new CustomerDraft(
                                        Change.set("a\r\nb"),
                                        Change.set("\ud83d\ude00".repeat(200)),
                                        Change.keep(),
                                        Change.keep(),
                                        Change.set(List.of("", " ", "vip", "vip ", "new")),
                                        Change.keep(),
                                        Change.keep(),
                                        Change.keep())))
                        .customer()
                        .orElseThrow();

        assertThat(row(id)).containsEntry("first_name", "a b");
        assertThat(
                        DATABASE.owner()
                                .queryForObject(
                                        "SELECT array_to_string(tags, '|') FROM customers WHERE id"
                                                + " = ?",
                                        String.class,
                                        id))
                .isEqualTo("vip|new");
    }

    @Test
    void an_update_that_changes_nothing_leaves_the_version() {
        UUID id = created("Sara", "sara@b.example");

        run(writes.update(id, null, draft(Change.keep(), Change.keep(), Change.keep())));
        run(writes.update(id, null, draft(Change.set("Sara"), Change.keep(), Change.keep())));

        assertThat(row(id)).containsEntry("version", 1L);
    }

    @Test
    void a_customer_keeps_something_to_be_told_by() {
        UUID id = created("Sara", "sara@c.example");

        assertThat(
                        run(
                                writes.update(
                                        id,
                                        null,
                                        draft(Change.set(null), Change.set(null), Change.keep()))))
                .isInstanceOf(WriteOutcome.Refused.class);
        assertThat(row(id)).containsEntry("first_name", "Sara");
    }

    @Test
    void every_error_of_a_draft_is_found_at_once() {
        WriteOutcome outcome =
                run(
                        writes.create(
                                draft(
                                        Change.set("x".repeat(201)),
                                        Change.set("no address"),
                                        Change.set("12"))));

        assertThat(outcome.userErrors())
                .extracting(error -> error.field().getLast())
                .containsExactly("firstName", "email", "phone");
        assertThat(run(writes.create(draft(Change.keep(), Change.keep(), Change.keep()))))
                .extracting(refused -> refused.userErrors().getFirst().code())
                .isEqualTo(UserError.Code.REQUIRED);
    }

    @Test
    void an_address_of_another_customer_is_taken() {
        created("One", "one@example.com");
        UUID two = created("Two", "two@example.com");

        WriteOutcome outcome =
                run(
                        writes.update(
                                two,
                                null,
                                draft(
                                        Change.keep(),
                                        Change.set("one@example.com"),
                                        Change.keep())));

        assertThat(outcome.userErrors().getFirst().code()).isEqualTo(UserError.Code.TAKEN);
        assertThat(row(two)).containsEntry("email", "two@example.com").containsEntry("version", 1L);
    }

    @Test
    void an_update_of_a_version_that_is_gone_changes_nothing() {
        UUID id = created("One", "one@example.com");
        CustomerDraft rename = draft(Change.set("Uno"), Change.keep(), Change.keep());
        assertThat(run(writes.update(id, 1L, rename))).isEqualTo(new WriteOutcome.Done(id));

        WriteOutcome second =
                run(writes.update(id, 1L, draft(Change.set("Eins"), Change.keep(), Change.keep())));

        assertThat(second.userErrors().getFirst().code())
                .isEqualTo(UserError.Code.VERSION_CONFLICT);
        assertThat(row(id)).containsEntry("first_name", "Uno").containsEntry("version", 2L);
    }

    @Test
    void a_field_that_is_not_named_is_kept_and_one_that_is_null_is_cleared() {
        UUID id = created("One", "one@example.com");

        run(writes.update(id, null, draft(Change.keep(), Change.set(null), Change.keep())));

        assertThat(row(id)).containsEntry("first_name", "One").containsEntry("email", null);
    }

    @Test
    void of_concurrent_creations_with_one_address_one_is_done() {
        List<WriteOutcome> outcomes =
                Objects.requireNonNull(
                        Flux.range(0, 16)
                                .flatMap(
                                        n ->
                                                writes.create(
                                                                draft(
                                                                        Change.set("N" + n),
                                                                        Change.set("r@example.com"),
                                                                        Change.keep()))
                                                        .contextWrite(TenantContext.of(steward))
                                                        .subscribeOn(Schedulers.parallel()),
                                        16)
                                .collectList()
                                .block());

        assertThat(outcomes).filteredOn(WriteOutcome.Done.class::isInstance).hasSize(1);
        assertThat(outcomes)
                .filteredOn(WriteOutcome.Refused.class::isInstance)
                .allMatch(
                        refused -> refused.userErrors().getFirst().code() == UserError.Code.TAKEN);
    }

    @Test
    void another_tenants_customer_is_not_found() {
        UUID id = created("One", "one@example.com");
        Caller rival = new Caller(DATABASE.newTenant(), "key:x", Set.of(Scope.CUSTOMERS_WRITE));

        WriteOutcome outcome =
                Objects.requireNonNull(
                        writes.update(
                                        id,
                                        null,
                                        draft(Change.set("X"), Change.keep(), Change.keep()))
                                .contextWrite(TenantContext.of(rival))
                                .block());

        assertThat(outcome.userErrors().getFirst().code()).isEqualTo(UserError.Code.NOT_FOUND);
        assertThat(row(id)).containsEntry("first_name", "One");
    }

    @Test
    void what_the_policies_do_not_trust_is_kept_and_identifies_nobody() {
        DATABASE.owner()
                .update(
                        "UPDATE identifier_policies SET blocked_patterns = '{front*}'"
                                + " WHERE tenant_id = ? AND kind = 'email'",
                        tenant.value());

        UUID blocked = created("Front desk", "front.desk@example.com");
        UUID role = created("Shop", "info@example.com");

        assertThat(row(blocked)).containsEntry("email", "front.desk@example.com");
        assertThat(row(role)).containsEntry("email", "info@example.com");
        assertThat(
                        DATABASE.owner()
                                .queryForList(
                                        "SELECT is_generic FROM customer_identifiers"
                                                + " WHERE tenant_id = ?",
                                        Boolean.class,
                                        tenant.value()))
                .containsExactly(true, true);
    }

    @Test
    void a_value_that_many_were_seen_with_is_not_taken_over_by_entering_it() {
        UUID one = created("One", "one@example.com");
        DATABASE.owner()
                .update(
                        "UPDATE customer_identifiers SET is_generic = true WHERE tenant_id = ?",
                        tenant.value());
        DATABASE.owner().update("UPDATE customers SET email = NULL WHERE id = ?", one);

        created("Two", "one@example.com");

        assertThat(
                        DATABASE.owner()
                                .queryForList(
                                        "SELECT is_generic FROM customer_identifiers"
                                                + " WHERE tenant_id = ?",
                                        Boolean.class,
                                        tenant.value()))
                .containsExactly(true, true);
    }
}
