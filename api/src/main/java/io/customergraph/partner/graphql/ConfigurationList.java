package io.customergraph.partner.graphql;

import io.customergraph.paging.Cursor;
import io.customergraph.paging.PageRequest;
import io.customergraph.partner.PartnerConfiguration;

import java.util.List;
import java.util.stream.IntStream;

/**
 * Pages of the configurations, by provider: there is one of each, so that all of them are read.
 *
 * @param all in their order
 */
record ConfigurationList(List<PartnerConfiguration> all) {

    Cursor cursor(PartnerConfiguration one) {
        return new Cursor(all.indexOf(one), one.uuid());
    }

    boolean isPlace(Cursor cursor) {
        return cursor.key() >= 0 && cursor.key() < Integer.MAX_VALUE;
    }

    /** Up to one more than the limit, from the cursor on, in the direction of the page. */
    List<PartnerConfiguration> page(PageRequest page) {
        Cursor cursor = page.cursor();
        int from =
                cursor == null
                        ? page.isBackward() ? all.size() : -1
                        : Math.toIntExact(cursor.key());
        IntStream places =
                page.isBackward()
                        ? IntStream.range(0, Math.min(from, all.size()))
                                .map(n -> Math.min(from, all.size()) - 1 - n)
                        : IntStream.range(from + 1, Math.max(from + 1, all.size()));
        return places.limit(page.limit() + 1L).mapToObj(all::get).toList();
    }
}
