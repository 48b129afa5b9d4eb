package io.customergraph.partner;

import static org.assertj.core.api.Assertions.assertThat;

import io.customergraph.paging.NewestFirst;
import io.customergraph.paging.PageRequest;
import io.customergraph.tenant.TenantId;
import io.customergraph.testing.Plans;
import io.customergraph.testing.TestDatabase;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.stream.Stream;

/** A page of companies is read off an index, from the cursor on. */
class PartnerClientPlanTest {

    private static final TenantId TENANT = TestDatabase.shared().newTenant();

    static Stream<Arguments> lists() {
        return Stream.of(
                Arguments.of("dialog_360_clients_newest", PartnerClients.DIALOG_360),
                Arguments.of("meta_whatsapp_clients_newest", PartnerClients.META));
    }

    @ParameterizedTest
    @MethodSource("lists")
    void a_page_starts_in_an_index_at_the_cursor(
            String index, PartnerClients.Statements statements) {
        for (String sql : new String[] {statements.forward(), statements.backward()}) {
            String plan =
                    Plans.of(
                            TENANT,
                            client ->
                                    NewestFirst.bind(
                                            client.sql("EXPLAIN " + sql)
                                                    .bind("tenant", TENANT.value()),
                                            PageRequest.first(10)));

            assertThat(plan)
                    .contains(index)
                    .containsPattern("Index Cond: .*ROW\\(")
                    .doesNotContain("Sort")
                    .doesNotContain("Seq Scan");
        }
    }
}
