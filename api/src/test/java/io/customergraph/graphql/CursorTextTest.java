package io.customergraph.graphql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.customergraph.commerce.ShopifyOrderItems;
import io.customergraph.commerce.ShopifyOrders;
import io.customergraph.customer.CustomerListCursor;
import io.customergraph.paging.Cursor;
import io.customergraph.support.SupportTickets;

import org.junit.jupiter.api.Test;

import java.util.UUID;

class CursorTextTest {

    private static final Cursor PLACE = new Cursor(1_772_359_200_123_456L, UUID.randomUUID());

    @Test
    void a_cursor_comes_back_as_the_place_that_it_was() {
        String text = CursorText.encode(ShopifyOrders.OF_CUSTOMER.name(), PLACE);

        assertThat(CursorText.decode(ShopifyOrders.OF_CUSTOMER, text)).isEqualTo(PLACE);
    }

    @Test
    void a_cursor_of_customers_keeps_names_in_every_script() {
        CustomerListCursor place = new CustomerListCursor("القحطاني محمد 😀", UUID.randomUUID());
        String text = CursorText.encode("customers by NAME", place);

        assertThat(CursorText.decodeOfCustomers("customers by NAME", text)).isEqualTo(place);
    }

    @Test
    void a_cursor_of_another_list_is_refused() {
        String text = CursorText.encode(ShopifyOrders.OF_CUSTOMER.name(), PLACE);

        assertThatThrownBy(() -> CursorText.decode(SupportTickets.OF_CUSTOMER, text))
                .isInstanceOf(InvalidRequest.class);
    }

    @Test
    void a_place_where_no_item_can_be_is_refused() {
        for (long key : new long[] {Long.MIN_VALUE, Long.MAX_VALUE, -2, 1L << 40}) {
            Cursor place = new Cursor(key, UUID.randomUUID());
            String text = CursorText.encode(ShopifyOrderItems.OF_ORDER.name(), place);

            assertThatThrownBy(() -> CursorText.decode(ShopifyOrderItems.OF_ORDER, text))
                    .isInstanceOf(InvalidRequest.class);
        }
    }
}
