package io.customergraph.delivery;

import static io.customergraph.testing.Records.START;
import static io.customergraph.testing.Records.newId;
import static io.customergraph.testing.Records.shopifyCustomer;

import static org.assertj.core.api.Assertions.assertThat;

import io.customergraph.delivery.DeliveryTranslator.Translation;
import io.customergraph.ingest.DeletedRecord;
import io.customergraph.ingest.IdentityEvents;
import io.customergraph.ingest.SourceRecord;
import io.customergraph.tenant.TenantContext;
import io.customergraph.tenant.TenantId;
import io.customergraph.testing.DatabaseTraffic;
import io.customergraph.testing.TestDatabase;

import org.junit.jupiter.api.Test;

import reactor.core.publisher.Mono;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

class TranslatingHandlerTest {

    private static final TestDatabase DATABASE = TestDatabase.shared();

    private final TenantId tenant = DATABASE.newTenant();

    /** Makes of each body what was said under it. */
    private record Says(Map<String, Translation> translations) implements DeliveryTranslator {

        @Override
        public String provider() {
            return "shopify";
        }

        @Override
        public Translation translate(Delivery delivery) {
            return translations.getOrDefault(
                    delivery.body(),
                    new Translation.Nothing(new DeliveryOutcome.Ignored("Nobody said so")));
        }
    }

    private static Translation says(SourceRecord record) {
        return new Translation.Said(List.of(record), List.of());
    }

    private static Translation gone(SourceRecord record) {
        return new Translation.Said(
                List.of(),
                List.of(),
                List.of(
                        new DeletedRecord(
                                record.type(),
                                record.origin().sourceType(),
                                record.origin().account(),
                                record.origin().externalId(),
                                START.plusSeconds(60),
                                true,
                                null)));
    }

    private int statements(DatabaseTraffic traffic, int pairs) {
        Map<String, Translation> translations = new HashMap<>();
        List<Delivery> deliveries = new ArrayList<>();
        for (int n = 0; n < pairs; n++) {
            SourceRecord one = shopifyCustomer(newId(), "Ann", newId() + "@x.example", null);
            SourceRecord other = shopifyCustomer(newId(), "Ann", newId() + "@x.example", null);
            Map<String, Translation> told =
                    Map.of("a" + n, says(one), "b" + n, gone(one), "c" + n, says(other));
            translations.putAll(told);
            told.keySet().stream().sorted().map(this::delivery).forEach(deliveries::add);
        }
        TranslatingHandler handler =
                new TranslatingHandler(
                        new Says(translations),
                        traffic.ingestion(),
                        new IdentityEvents(DATABASE.client(), DATABASE.transaction(), Mono::empty),
                        traffic.deletions(),
                        (connection, provider, at) -> Mono.empty(),
                        (connection, provider, request, at) -> Mono.empty());
        return traffic.during(
                        () ->
                                handler.apply(deliveries)
                                        .contextWrite(TenantContext.of(tenant))
                                        .block())
                .size();
    }

    private Delivery delivery(String body) {
        return new Delivery(
                UUID.randomUUID(),
                UUID.randomUUID(),
                "shopify",
                "acme.myshopify.com",
                "customers/update",
                Map.of(),
                body,
                START,
                null);
    }

    private long known() {
        Long known =
                DATABASE.owner()
                        .queryForObject(
                                "SELECT count(*) FROM shopify_customers WHERE tenant_id = ?",
                                Long.class,
                                tenant.value());
        return known == null ? 0 : known;
    }

    /** Each deletion keeps others from inserting, so that many of them may not part a batch. */
    @Test
    void deletions_among_records_cost_the_statements_of_one() {
        try (DatabaseTraffic traffic = new DatabaseTraffic(DATABASE, Duration.ZERO)) {
            int one = statements(traffic, 1);
            assertThat(known()).isEqualTo(1);

            int twenty = statements(traffic, 20);

            assertThat(twenty).isEqualTo(one);
            assertThat(known()).isEqualTo(21);
        }
    }
}
