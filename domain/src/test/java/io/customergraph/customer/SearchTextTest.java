package io.customergraph.customer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SearchTextTest {

    @ParameterizedTest
    @CsvSource({
        "050 123 4567, 501234567",
        "00966 50-123, 96650123",
        "٠٥٠١٢٣, 50123",
        "Studio 2024, studio 2024",
        "zzzz1757, zzzz1757",
        "Mohamed Harbi, mohamed harbi",
        "Sara@Example.COM, sara@example.com"
    })
    void digits_alone_are_a_phone_and_letters_are_kept(String query, String text) {
        assertThat(CustomerList.searchText(query)).isEqualTo(text);
    }
}
