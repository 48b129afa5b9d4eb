package io.customergraph.provider.shopify;

import static org.assertj.core.api.Assertions.assertThat;

import io.customergraph.provider.shopify.Place.Api;
import io.customergraph.provider.shopify.Place.Pages;
import io.customergraph.sync.SyncPosition;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Instant;

class PlaceTest {

    private static final Instant SPRING = Instant.parse("2026-03-01T10:00:00Z");

    @Test
    void what_is_written_down_is_read_again() {
        Place pages = new Pages(Api.GRAPHQL, 50, 130, SPRING, "eyJsYXN0 IjoxfQ==");
        Place first = Pages.first(Api.REST, 250);
        Place bulk = new Place.Bulk("gid://shopify/BulkOperation/7", 5_000_000_000L);

        assertThat(Place.of(new SyncPosition(null, pages.word()))).isEqualTo(pages);
        assertThat(Place.of(new SyncPosition(null, first.word()))).isEqualTo(first);
        assertThat(Place.of(new SyncPosition(null, bulk.word()))).isEqualTo(bulk);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "2", "BULK x y", "GRAPHQL a 0 - -", "SOAP 1 0 - -", "REST 1 0 soon -"})
    void what_nobody_can_read_is_a_beginning(String word) {
        assertThat(Place.of(new SyncPosition(SPRING, word))).isNull();
    }

    @Test
    void a_row_of_pages_ends_before_the_shop_ends_it() {
        Pages late = new Pages(Api.GRAPHQL, 250, 19_800, SPRING.plusSeconds(50), "a");

        SyncPosition next = late.next(SPRING, 250, SPRING.plusSeconds(60), "b");

        assertThat(next.since()).isEqualTo(SPRING.plusSeconds(60));
        assertThat(Place.of(next))
                .isEqualTo(new Pages(Api.GRAPHQL, 250, 0, SPRING.plusSeconds(60), null));
    }

    @Test
    void a_row_of_one_time_goes_on() {
        Pages late = new Pages(Api.GRAPHQL, 250, 19_800, SPRING, "a");

        SyncPosition next = late.next(SPRING, 250, null, "b");

        assertThat(next.since()).isEqualTo(SPRING);
        assertThat(Place.of(next)).isEqualTo(new Pages(Api.GRAPHQL, 250, 20_050, SPRING, "b"));
    }
}
