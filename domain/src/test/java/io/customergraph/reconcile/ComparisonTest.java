package io.customergraph.reconcile;

import static io.customergraph.testing.Records.orderOf;
import static io.customergraph.testing.Records.person;
import static io.customergraph.testing.Records.product;
import static io.customergraph.testing.Records.shopifyCustomer;
import static io.customergraph.testing.Records.ticket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.customergraph.ingest.Ingestion;
import io.customergraph.ingest.RecordDeletions;
import io.customergraph.ingest.RecordType;
import io.customergraph.ingest.RecordVersion;
import io.customergraph.ingest.SourceRecord;
import io.customergraph.sync.SyncPosition;
import io.customergraph.tenant.TenantContext;
import io.customergraph.tenant.TenantId;
import io.customergraph.testing.TestDatabase;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import reactor.core.publisher.Mono;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

class ComparisonTest {

    private static final TestDatabase DATABASE = TestDatabase.shared();
    private static final String NODE = "node";

    private final TenantId tenant = DATABASE.newTenant();
    private final UUID id = UUID.randomUUID();
    private final Reconciliations runs =
            new Reconciliations(DATABASE.client(), DATABASE.transaction());
    private final Comparison comparison =
            new Comparison(DATABASE.client(), DATABASE.transaction(), runs);
    private final ExtraRecords extra =
            new ExtraRecords(
                    DATABASE.client(),
                    DATABASE.transaction(),
                    runs,
                    new RecordDeletions(DATABASE.client(), DATABASE.transaction()));

    private <T> T of(Mono<T> work) {
        return Objects.requireNonNull(work.contextWrite(TenantContext.of(tenant)).block());
    }

    private ClaimedReconciliation begun(String provider, RecordType type) {
        UUID connection = UUID.randomUUID();
        DATABASE.owner()
                .update(
                        """
                        INSERT INTO integration_connections (
                            tenant_id, id, provider, name, environment, account, status)
                        VALUES (?, ?, ?, 'Test', 'production', 'account', 'active')
                        """,
                        tenant.value(),
                        connection,
                        provider);
        DATABASE.owner()
                .update(
                        """
                        INSERT INTO reconciliations (
                            tenant_id, id, connection_id, repairs, actor)
                        VALUES (?, ?, ?, true, 'test')
                        """,
                        tenant.value(),
                        id,
                        connection);
        return of(
                runs.claim(NODE, 1)
                        .flatMap(
                                claimed ->
                                        runs.begin(
                                                NODE,
                                                claimed.getFirst(),
                                                Set.of("everything"),
                                                Set.of(type.code()))));
    }

    private ClaimedReconciliation read(ClaimedReconciliation run, SourceRecord... records) {
        return of(
                comparison.keep(
                        NODE,
                        run,
                        new SourceReading(
                                List.of(records).stream().map(RecordVersion::of).toList(),
                                Set.of(),
                                0,
                                null)));
    }

    private ClaimedReconciliation during(ClaimedReconciliation run, Phase phase, String account) {
        ClaimedReconciliation next = run;
        while (next.phase() == phase) {
            ClaimedReconciliation now = next;
            next =
                    of(
                            phase == Phase.DELETING
                                    ? extra.delete(
                                            NODE,
                                            now,
                                            "source",
                                            account,
                                            (type, ids) -> Mono.just(Set.of()))
                                    : comparison.compare(NODE, now, "source", account));
        }
        return next;
    }

    @ParameterizedTest
    @EnumSource(RecordType.class)
    void every_sort_of_record_is_compared_deleted_and_compared_again(RecordType type) {
        ClaimedReconciliation run = read(begun("freshdesk", type));
        DATABASE.owner()
                .update(
                        "UPDATE reconciliation_entities SET extra = 1, count = 5, unlinked = ?"
                                + " WHERE tenant_id = ?",
                        type.isAboutSomebody() ? 1 : 0,
                        tenant.value());

        ClaimedReconciliation compared = during(run, Phase.COMPARING, "account");
        assertThat(compared.phase()).isEqualTo(Phase.REPAIRING);

        ClaimedReconciliation deleted =
                during(compared.at(Phase.DELETING), Phase.DELETING, "account");
        assertThat(deleted.phase()).isEqualTo(Phase.CHECKING);
        assertThat(during(deleted, Phase.CHECKING, "account").phase()).isEqualTo(Phase.CLEARING);

        assertThat(of(runs.entities(deleted)))
                .extracting(ReconciliationEntity::type, ReconciliationEntity::remaining)
                .containsExactly(tuple(type.code(), 0L));
    }

    @Test
    void ids_that_are_numbers_are_compared_as_numbers() {
        Ingestion ingestion = new Ingestion(DATABASE.client(), DATABASE.transaction());
        List<SourceRecord> here =
                List.of(
                        shopifyCustomer("9", "Layla", "layla@example.com", null),
                        shopifyCustomer("10", "Sara", "sara@example.com", null),
                        shopifyCustomer("100", "Mona", "mona@example.com", null));
        of(ingestion.ingest(here));
        ClaimedReconciliation run =
                read(
                        begun("shopify", RecordType.SHOPIFY_CUSTOMER),
                        here.get(0),
                        here.get(2),
                        shopifyCustomer("11", "Nora", "nora@example.com", null));

        ClaimedReconciliation compared = during(run, Phase.COMPARING, "one.myshopify.com");

        assertThat(compared.phase()).isEqualTo(Phase.REPAIRING);
        ReconciliationEntity found = of(runs.entities(compared)).getFirst();
        assertThat(List.of(found.sourceCount(), found.count(), found.missing(), found.extra()))
                .containsExactly(3L, 3L, 1L, 1L);
        assertThat(found.checksum()).isNotEqualTo(found.sourceChecksum());
        assertThat(compared.kept()).isEqualTo(2);
    }

    @Test
    void a_record_that_comes_twice_counts_once_in_its_newer_version() {
        SourceRecord ticket = ticket(person(null, "Layla", "layla@example.com", null));
        ClaimedReconciliation run = begun("freshdesk", RecordType.SUPPORT_TICKET);
        SourceReading page =
                new SourceReading(
                        List.of(RecordVersion.of(ticket), RecordVersion.of(ticket)),
                        Set.of(),
                        0,
                        new SyncPosition(null, "2"));

        ClaimedReconciliation next = of(comparison.keep(NODE, run, page));
        assertThat(next.position().page()).isEqualTo("2");
        ClaimedReconciliation compared =
                during(read(next, ticket), Phase.COMPARING, ticket.origin().account());

        assertThat(of(runs.entities(compared)).getFirst().sourceCount()).isEqualTo(1);
    }

    @Test
    void an_order_is_linked_anew_with_the_products_that_are_here() {
        Ingestion ingestion = new Ingestion(DATABASE.client(), DATABASE.transaction());
        SourceRecord order = orderOf(1, 1001);
        of(ingestion.ingest(List.of(product(1, 1001), order)));
        DATABASE.owner()
                .update(
                        "UPDATE shopify_order_items SET variant_id = NULL WHERE tenant_id = ?",
                        tenant.value());
        ClaimedReconciliation run = read(begun("shopify", RecordType.SHOPIFY_ORDER), order);

        ClaimedReconciliation compared = during(run, Phase.COMPARING, order.origin().account());

        assertThat(compared.phase()).isEqualTo(Phase.REPAIRING);
        assertThat(of(runs.entities(compared)))
                .extracting(ReconciliationEntity::unlinked, ReconciliationEntity::differences)
                .containsExactly(tuple(1L, 1L));
        of(ingestion.ingest(List.of(order)));
        assertThat(
                        DATABASE.owner()
                                .queryForList(
                                        """
                                        SELECT 1 FROM shopify_order_items
                                        WHERE tenant_id = ? AND variant_id IS NULL
                                        """,
                                        tenant.value()))
                .isEmpty();
    }

    @Test
    void all_differences_are_counted_and_the_first_ten_thousand_are_kept() {
        ClaimedReconciliation run = begun("freshdesk", RecordType.SUPPORT_TICKET);
        DATABASE.owner()
                .update(
                        """
                        INSERT INTO reconciliation_records (
                            tenant_id, reconciliation_id, record_type, external_id, updated_at,
                            content_hash, reading, is_rejected)
                        SELECT ?, ?, 'support_ticket', i::text, '2026-03-01T10:00:00Z', sha256(''),
                               1, false
                        FROM generate_series(1, 10050) AS i
                        """,
                        tenant.value(),
                        id);

        ClaimedReconciliation compared = during(read(run), Phase.COMPARING, "account");

        ReconciliationEntity found = of(runs.entities(compared)).getFirst();
        assertThat(found.missing()).isEqualTo(10_050);
        assertThat(found.sourceCount()).isEqualTo(10_050);
        assertThat(compared.kept()).isEqualTo(Comparison.MOST_KEPT);
        assertThat(
                        DATABASE.owner()
                                .queryForList(
                                        """
                                        SELECT 1 FROM reconciliation_differences
                                        WHERE tenant_id = ?
                                        """,
                                        tenant.value()))
                .hasSize(Comparison.MOST_KEPT);
    }

    @Test
    void a_record_that_the_database_refused_is_left_with_the_reason() {
        SourceRecord ticket = ticket(person(null, "Layla", "layla@example.com", null));
        RecordVersion version = RecordVersion.of(ticket);
        String account = ticket.origin().account();
        ClaimedReconciliation run =
                during(
                        read(begun("freshdesk", RecordType.SUPPORT_TICKET), ticket),
                        Phase.COMPARING,
                        account);
        assertThat(run.phase()).isEqualTo(Phase.REPAIRING);

        ClaimedReconciliation again =
                of(
                        comparison.keep(
                                NODE,
                                run,
                                new SourceReading(
                                        List.of(version),
                                        Set.of(SourceReading.key(version)),
                                        0,
                                        null)));
        during(during(again, Phase.DELETING, account), Phase.CHECKING, account);

        assertThat(of(runs.entities(run)))
                .extracting(ReconciliationEntity::missing, ReconciliationEntity::remaining)
                .containsExactly(tuple(1L, 1L));
        assertThat(
                        DATABASE.owner()
                                .queryForList(
                                        """
                                        SELECT problem FROM reconciliation_differences
                                        WHERE tenant_id = ? AND repaired_at IS NULL
                                        """,
                                        String.class,
                                        tenant.value()))
                .containsExactly("rejected");
    }

    @Test
    void a_run_that_ends_its_node_each_time_is_given_up() {
        begun("freshdesk", RecordType.SUPPORT_TICKET);
        for (int died = 1; died < 10; died++) {
            assertThat(takenUp().phase()).isEqualTo(Phase.READING);
        }

        ClaimedReconciliation given = takenUp();

        assertThat(given.phase()).isEqualTo(Phase.CLEARING);
        runs.clear(NODE, given).contextWrite(TenantContext.of(tenant)).block();
        assertThat(
                        DATABASE.owner()
                                .queryForMap(
                                        """
                                        SELECT status, problem FROM reconciliations
                                        WHERE tenant_id = ?
                                        """,
                                        tenant.value()))
                .containsEntry("status", "failed")
                .containsEntry("problem", "abandoned");
    }

    /** As another node does when the lease of the one that died has ended. */
    private ClaimedReconciliation takenUp() {
        DATABASE.owner()
                .update(
                        "UPDATE reconciliations SET claimed_until = now() WHERE tenant_id = ?",
                        tenant.value());
        return of(runs.claim(NODE, 1)).getFirst();
    }

    @Test
    void who_lost_the_claim_writes_nothing() {
        SourceRecord ticket = ticket(person(null, "Layla", "layla@example.com", null));
        ClaimedReconciliation run = begun("freshdesk", RecordType.SUPPORT_TICKET);
        DATABASE.owner()
                .update(
                        "UPDATE reconciliations SET claimed_by = 'another' WHERE tenant_id = ?",
                        tenant.value());

        assertThatThrownBy(() -> read(run, ticket)).isInstanceOf(ClaimLost.class);

        assertThat(
                        DATABASE.owner()
                                .queryForList(
                                        "SELECT 1 FROM reconciliation_records WHERE tenant_id = ?",
                                        tenant.value()))
                .isEmpty();
    }
}
