package io.customergraph.provider.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.customergraph.ingest.RecordType;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SourceReaderTest {

    @ParameterizedTest
    @CsvSource({
        "shopify, orders, SHOPIFY_ORDER",
        "shopify, customers, SHOPIFY_CUSTOMER",
        "shopify, products, SHOPIFY_PRODUCT",
        "shopify, refunds, SHOPIFY_REFUND",
        "freshdesk, tickets, SUPPORT_TICKET",
        "freshdesk, contacts, SUPPORT_CONTACT",
        "xendit, transactions, TRANSACTION",
        "xendit, refunds, TRANSACTION_REFUND"
    })
    void a_resource_has_all_records_of_the_sort_that_is_called_so(
            String provider, String resource, RecordType type) {
        assertThat(SourceReader.sortsCalled(provider, resource)).containsExactly(type);
    }

    @ParameterizedTest
    @CsvSource({"shopify, tickets", "freshdesk, orders", "shopify, s"})
    void of_another_resource_nothing_is_known_to_be_all(String provider, String resource) {
        assertThat(SourceReader.sortsCalled(provider, resource)).isEmpty();
    }
}
