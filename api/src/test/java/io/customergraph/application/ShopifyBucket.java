package io.customergraph.application;

/** The points that a shop gives for queries, which come back with time. */
final class ShopifyBucket {

    private double most;
    private double perSecond;
    private double available;
    private double dearer = 1;
    private long at = System.nanoTime();

    /** Full, from now on. */
    synchronized void holds(double points, double restoredPerSecond) {
        dearer = 1;
        most = points;
        perSecond = restoredPerSecond;
        available = points;
        at = System.nanoTime();
    }

    /** All costs so many times as much, from now on. */
    synchronized void makeDearer(double times) {
        dearer = times;
    }

    /** What the shop asks for a query. */
    synchronized double price(double cost) {
        return cost * dearer;
    }

    /** Takes what a query costs; false where there is less. */
    synchronized boolean take(double cost) {
        long now = System.nanoTime();
        available = Math.min(most, available + (now - at) / 1e9 * perSecond);
        at = now;
        if (cost > available) {
            return false;
        }
        available -= cost;
        return true;
    }

    /** As the shop tells it. */
    synchronized String extensions(double cost) {
        return """
        {"cost": {"requestedQueryCost": %d, "actualQueryCost": %d, "throttleStatus":
          {"maximumAvailable": %s, "currentlyAvailable": %d, "restoreRate": %s}}}
        """
                .formatted((long) cost, (long) cost, most, (long) available, perSecond);
    }
}
