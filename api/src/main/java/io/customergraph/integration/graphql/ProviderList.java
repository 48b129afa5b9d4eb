package io.customergraph.integration.graphql;

import io.customergraph.integration.IntegrationProvider;
import io.customergraph.paging.Cursor;
import io.customergraph.paging.PageRequest;

import java.util.List;
import java.util.UUID;

/**
 * A list of providers, in memory: there are a few dozen. A cursor names a provider, and goes on
 * from where it stands among all of them, whatever the filter.
 *
 * @param all in order
 * @param wanted some of them, in the same order
 */
record ProviderList(List<IntegrationProvider> all, List<IntegrationProvider> wanted) {

    static Cursor cursor(IntegrationProvider provider) {
        return new Cursor(0, provider.id());
    }

    boolean isPlace(Cursor cursor) {
        return cursor.key() == 0 && placeOf(cursor.id()) >= 0;
    }

    long count() {
        return wanted.size();
    }

    /** Up to one more than the limit, from the cursor on, in the direction of the page. */
    List<IntegrationProvider> page(PageRequest request) {
        Cursor cursor = request.cursor();
        List<IntegrationProvider> ordered = request.isBackward() ? wanted.reversed() : wanted;
        return ordered.stream()
                .filter(
                        one ->
                                cursor == null
                                        || (request.isBackward()
                                                ? placeOf(one.id()) < placeOf(cursor.id())
                                                : placeOf(one.id()) > placeOf(cursor.id())))
                .limit(request.limit() + 1L)
                .toList();
    }

    private int placeOf(UUID id) {
        for (int place = 0; place < all.size(); place++) {
            if (all.get(place).id().equals(id)) {
                return place;
            }
        }
        return -1;
    }
}
