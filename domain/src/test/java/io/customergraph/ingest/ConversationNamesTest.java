package io.customergraph.ingest;

import static io.customergraph.testing.Records.START;
import static io.customergraph.testing.Records.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import io.customergraph.customer.Assurance;
import io.customergraph.tenant.TenantContext;
import io.customergraph.tenant.TenantId;
import io.customergraph.testing.TestDatabase;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Not every message of a person comes with the person's name. */
class ConversationNamesTest {

    private static final TestDatabase DATABASE = TestDatabase.shared();

    private final Ingestion ingestion = new Ingestion(DATABASE.client(), DATABASE.transaction());
    private final TenantId tenant = DATABASE.newTenant();

    private static SourceRecord message(int second, @Nullable String name) {
        return conversation(
                new Origin("whatsapp", "shop", "chat", START, START.plusSeconds(second)),
                Person.of(null, name, null, "+966500500501", Assurance.OBSERVED),
                "m" + second);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void the_name_that_was_told_last_stays_in_whatever_order_messages_come(long seed) {
        List<SourceRecord> messages =
                new ArrayList<>(
                        List.of(
                                message(0, "Older Name"),
                                message(1, "Huda Alsaleh"),
                                message(2, null),
                                message(3, null)));
        Collections.shuffle(messages, new Random(seed));

        for (SourceRecord message : messages) {
            ingestion.ingest(List.of(message)).contextWrite(TenantContext.of(tenant)).block();
        }

        assertThat(
                        DATABASE.owner()
                                .queryForList(
                                        """
                                        SELECT concat_ws(' ', customer_name, message_count, first_name,
                                                         last_name)
                                        FROM omni_conversations o
                                        JOIN customers c ON c.tenant_id = o.tenant_id AND c.id = o.customer_id
                                        WHERE o.tenant_id = ?
                                        """,
                                        String.class,
                                        tenant.value()))
                .containsExactly("Huda Alsaleh 4 Huda Alsaleh");
    }
}
