package io.customergraph.delivery;

import io.customergraph.delivery.DeliveryRows.Ending;
import io.customergraph.tenant.TenantId;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** How far one batch is. Its steps come one after the other. */
final class BatchProgress {

    private final TenantId tenant;
    private final String claim;
    private final String provider;
    private final int claimed;
    private final Map<UUID, ClaimedDelivery> open = new LinkedHashMap<>();
    private final Set<String> heldBack = new HashSet<>();
    private final Map<String, Integer> ended = new HashMap<>();
    private @Nullable Instant nextAttempt;

    BatchProgress(TenantId tenant, String claim, List<ClaimedDelivery> claimed) {
        this.tenant = tenant;
        this.claim = claim;
        this.provider = claimed.getFirst().provider();
        this.claimed = claimed.size();
        claimed.forEach(one -> open.put(one.id(), one));
    }

    TenantId tenant() {
        return tenant;
    }

    String claim() {
        return claim;
    }

    /** Whether an earlier one of its key failed in this batch. */
    boolean isHeldBack(ClaimedDelivery one) {
        return one.orderingKey() != null && heldBack.contains(one.orderingKey());
    }

    void holdBackAfter(ClaimedDelivery failed) {
        if (failed.orderingKey() != null) {
            heldBack.add(failed.orderingKey());
        }
    }

    void ended(List<Ending> endings) {
        for (Ending one : endings) {
            open.remove(one.id());
            ended.merge(one.status(), 1, Integer::sum);
            Double pause = one.pause();
            if (pause != null) {
                Instant next = DeliveryRows.after(pause);
                Instant known = nextAttempt;
                nextAttempt = known == null || next.isBefore(known) ? next : known;
            }
        }
    }

    /** Those whose work did not end. */
    List<ClaimedDelivery> open() {
        return List.copyOf(open.values());
    }

    Worked worked() {
        return new Worked(
                provider,
                claimed,
                ended.getOrDefault("processed", 0),
                ended.getOrDefault("ignored", 0),
                ended.getOrDefault("dead", 0),
                ended.getOrDefault("failed", 0),
                nextAttempt);
    }
}
