package io.customergraph.provider.shopify;

import io.customergraph.provider.json.JsonFields;

import java.time.Duration;

/**
 * What a document cost, in points of the shop's bucket; 0 where the shop does not say.
 *
 * @param asked what it may cost at most, which has to be there before it runs
 */
record QueryCost(double asked, double available, double most, double restoredPerSecond) {

    /** No document may cost more, whatever the shop's bucket holds. */
    private static final double MOST_OF_ONE = 1_000;

    private static final double LEAST_PAUSE = 0.1;
    private static final double LONGEST_PAUSE = 60;

    static QueryCost of(JsonFields body) {
        JsonFields cost = body.object("extensions").object("cost");
        JsonFields bucket = cost.object("throttleStatus");
        return new QueryCost(
                number(cost, "requestedQueryCost"),
                number(bucket, "currentlyAvailable"),
                number(bucket, "maximumAvailable"),
                number(bucket, "restoreRate"));
    }

    private static double number(JsonFields of, String field) {
        return of.object().path(field).isNumber() ? of.object().path(field).asDouble() : 0;
    }

    /** Until the bucket holds what the document was refused for. */
    Duration untilAsked() {
        return restoredPerSecond <= 0
                ? Duration.ofSeconds(1)
                : seconds(Math.max((asked - available) / restoredPerSecond, LEAST_PAUSE));
    }

    /** Until the bucket holds as much again; zero where it does, or the shop says nothing. */
    Duration untilNext() {
        return restoredPerSecond <= 0 || available >= asked
                ? Duration.ZERO
                : seconds((asked - available) / restoredPerSecond);
    }

    private static Duration seconds(double seconds) {
        return Duration.ofMillis((long) (Math.min(seconds, LONGEST_PAUSE) * 1_000));
    }

    /** How many may be asked for at once, where so many had this cost. */
    int affordable(int many) {
        if (asked <= 0) {
            return many;
        }
        double limit = most > 0 ? Math.min(most, MOST_OF_ONE) : MOST_OF_ONE;
        return (int) Math.max(many * limit * 0.9 / asked, 1);
    }
}
