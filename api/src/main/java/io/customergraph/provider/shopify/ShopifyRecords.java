package io.customergraph.provider.shopify;

import io.customergraph.delivery.DeliveryOutcome;
import io.customergraph.delivery.DeliveryTranslator.Translation;
import io.customergraph.ingest.SourceRecord;
import io.customergraph.provider.json.JsonFields;
import io.customergraph.provider.sync.SourcePage;
import io.customergraph.sync.Rejection;
import io.customergraph.sync.SyncPosition;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The records of a page in the making, with those that are none. */
final class ShopifyRecords {

    private final ShopifyResource what;
    private final String shop;
    private final Instant saidAt;
    private final List<SourceRecord> records = new ArrayList<>();
    private final List<Rejection> unreadable = new ArrayList<>();

    /**
     * None yet.
     *
     * @param saidAt when the shop said them
     */
    ShopifyRecords(ShopifyResource what, String shop, Instant saidAt) {
        this.what = what;
        this.shop = shop;
        this.saidAt = saidAt;
    }

    /** Takes one in the shape of the REST API. */
    void add(JsonFields body) {
        Translation read =
                what.read(shop, body, null, updated -> AnswerTime.version(updated, saidAt));
        switch (read) {
            case Translation.Said said -> records.addAll(said.records());
            case Translation.Nothing(DeliveryOutcome.Unusable(String code, String _)) ->
                    reject(body, code);
            case Translation.Nothing _, Translation.Uninstalled _, Translation.Privacy _ ->
                    reject(body, "IGNORED");
        }
    }

    /** Takes a node of the GraphQL API. */
    void add(ShopifyNodes.Whole whole) {
        JsonFields body = ShopifyNodes.rest(what, whole);
        if (whole.isComplete()) {
            add(body);
        } else {
            reject(body, "TOO_MANY_CHILDREN");
        }
    }

    private void reject(JsonFields body, String code) {
        unreadable.add(new Rejection(ShopifyFields.id(body, "id"), code));
    }

    /** Takes lines of a file that are no record. */
    void rejectLines(int lines) {
        for (int n = 0; n < lines; n++) {
            unreadable.add(new Rejection(null, "NOT_JSON"));
        }
    }

    SourcePage page(@Nullable SyncPosition next, Duration pause) {
        return new SourcePage.Of(records, unreadable, next, pause);
    }

    /** The newest time of a change among these; null where none tells one. */
    static @Nullable Instant newest(List<JsonFields> bodies, String field) {
        Instant newest = null;
        for (JsonFields body : bodies) {
            Instant updated = body.time(field);
            newest =
                    newest == null || (updated != null && updated.isAfter(newest))
                            ? updated
                            : newest;
        }
        return newest;
    }
}
