package io.customergraph.ingest;

import static io.customergraph.testing.Records.START;
import static io.customergraph.testing.Records.contact;
import static io.customergraph.testing.Records.origin;
import static io.customergraph.testing.Records.person;
import static io.customergraph.testing.Records.ticket;

import static org.assertj.core.api.Assertions.assertThat;

import io.customergraph.customer.WriteOutcome;
import io.customergraph.ingest.SourceRecord.SupportContactRecord;
import io.customergraph.link.RecordLinks;
import io.customergraph.tenant.Caller;
import io.customergraph.tenant.Scope;
import io.customergraph.tenant.TenantContext;
import io.customergraph.tenant.TenantId;
import io.customergraph.testing.Records;
import io.customergraph.testing.TestDatabase;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

class SupportContactsTest {

    private static final TestDatabase DATABASE = TestDatabase.shared();

    private final TenantId tenant = DATABASE.newTenant();
    private final Ingestion ingestion = new Ingestion(DATABASE.client(), DATABASE.transaction());

    private static SupportContactRecord layla(@Nullable String email) {
        return contact("501", person("501", "Layla Haddad", email, "+966501112223"));
    }

    private Resolution ingest(SourceRecord record) {
        return Objects.requireNonNull(
                        ingestion
                                .ingest(List.of(record))
                                .contextWrite(TenantContext.of(tenant))
                                .block())
                .getFirst();
    }

    private UUID customerOf(SourceRecord record) {
        return ingest(record).customer().orElseThrow();
    }

    private List<String> rows(String sql) {
        return DATABASE.owner().queryForList(sql, String.class, tenant.value());
    }

    @Test
    void a_contact_and_who_asked_are_one_whichever_comes_first() {
        UUID layla = customerOf(layla("layla@example.com"));

        assertThat(
                        customerOf(
                                ticket(
                                        origin("freshdesk", "acme", "1"),
                                        person("501", "Layla", null, null))))
                .isEqualTo(layla);
        assertThat(
                        customerOf(
                                ticket(
                                        origin("freshdesk", "globex", "1"),
                                        person("501", "Someone Else", null, null))))
                .isNotEqualTo(layla);
        UUID omar =
                customerOf(
                        ticket(
                                origin("freshdesk", "acme", "2"),
                                person("502", "Omar Saleh", null, null)));
        assertThat(customerOf(contact("502", person("502", "Omar Saleh", "o@example.com", null))))
                .isEqualTo(omar);
    }

    @Test
    void the_newer_version_holds_and_the_same_one_changes_nothing() {
        SupportContactRecord first = layla("layla@example.com");
        SupportContactRecord second =
                new SupportContactRecord(
                        Records.later(first.origin(), 60),
                        first.person(),
                        List.of("l@example.com"),
                        "050 111 2223",
                        "en",
                        false);
        ingest(first);
        ingest(second);

        assertThat(ingest(first)).isInstanceOf(Resolution.Unchanged.class);
        assertThat(ingest(second)).isInstanceOf(Resolution.Unchanged.class);
        assertThat(
                        rows(
                                """
                                SELECT concat_ws(' ', name, email, other_emails, phone, mobile,
                                                 language, is_active)
                                FROM support_contacts WHERE tenant_id = ?
                                """))
                .containsExactly(
                        "Layla Haddad layla@example.com {l@example.com} +966501112223 050 111 2223"
                                + " en f");
    }

    @Test
    void a_contact_that_is_taken_out_takes_its_own_identity_along_and_comes_back() {
        UUID ann = customerOf(ticket(person(null, "Layla", "ann@example.com", "+966501112223")));
        assertThat(customerOf(layla("layla@example.com"))).isEqualTo(ann);
        RecordLinks links = new RecordLinks(DATABASE.client(), DATABASE.transaction());
        Caller steward = new Caller(tenant, "key:steward", Set.of(Scope.CUSTOMERS_WRITE));
        UUID record =
                DATABASE.owner()
                        .queryForList(
                                "SELECT id FROM support_contacts WHERE tenant_id = ?",
                                UUID.class,
                                tenant.value())
                        .getFirst();

        WriteOutcome out =
                Objects.requireNonNull(
                        links.unlink(RecordType.SUPPORT_CONTACT, record, "another")
                                .contextWrite(TenantContext.of(steward))
                                .block());

        assertThat(out).isEqualTo(new WriteOutcome.Done(ann));
        UUID layla = customerOf(ticket(person(null, "Layla", "layla@example.com", null)));
        assertThat(layla).isNotEqualTo(ann);
        assertThat(rows("SELECT customer_id::text FROM support_contacts WHERE tenant_id = ?"))
                .containsExactly(layla.toString());

        links.link(RecordType.SUPPORT_CONTACT, record, ann, null, null)
                .contextWrite(TenantContext.of(steward))
                .block();

        assertThat(rows("SELECT customer_id::text FROM support_contacts WHERE tenant_id = ?"))
                .containsExactly(ann.toString());
    }

    @Test
    void a_contact_that_the_helpdesk_deleted_stays_away() {
        SupportContactRecord record = layla("layla@example.com");
        customerOf(record);
        RecordDeletions deletions = new RecordDeletions(DATABASE.client(), DATABASE.transaction());

        deletions
                .apply(
                        List.of(
                                new DeletedRecord(
                                        RecordType.SUPPORT_CONTACT,
                                        "freshdesk",
                                        "acme",
                                        "501",
                                        START.plusSeconds(60),
                                        false,
                                        null)))
                .contextWrite(TenantContext.of(tenant))
                .block();

        assertThat(ingest(record).customer()).isEmpty();
        assertThat(rows("SELECT id::text FROM support_contacts WHERE tenant_id = ?")).isEmpty();
        assertThat(
                        rows(
                                "SELECT value FROM customer_identifiers"
                                        + " WHERE tenant_id = ? AND valid_to IS NULL"))
                .isEmpty();
    }
}
