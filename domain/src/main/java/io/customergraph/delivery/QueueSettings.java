package io.customergraph.delivery;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How the queue is worked at.
 *
 * @param batch the most deliveries that are claimed and applied together
 * @param batchBytes the most bytes of bodies that a batch holds in memory; one body may have more
 * @param lease how long a claim holds; it is renewed while the batch is worked at, so that it is
 *     the time after which the work of a node that died is taken up
 * @param maxAttempts after which a delivery that fails is dead
 * @param firstPause the longest pause after the first failure; it doubles with each further one
 * @param longestPause what no pause exceeds
 */
public record QueueSettings(
        int batch,
        long batchBytes,
        Duration lease,
        int maxAttempts,
        Duration firstPause,
        Duration longestPause) {

    /** As deployments have them that say nothing: 12 attempts, the last at most 29 hours later. */
    public static final QueueSettings DEFAULT =
            new QueueSettings(
                    200,
                    16L << 20,
                    Duration.ofMinutes(1),
                    12,
                    Duration.ofMinutes(1),
                    Duration.ofHours(12));

    public QueueSettings {
        if (batch < 1 || batch > 500 || batchBytes < 1 || maxAttempts < 1 || maxAttempts > 100) {
            throw new IllegalArgumentException(
                    "A batch holds 1 to 500 deliveries, and each has 1 to 100 attempts");
        }
        if (!isPositive(lease) || !isPositive(firstPause) || !isPositive(longestPause)) {
            throw new IllegalArgumentException("A lease and a pause last some time");
        }
    }

    /**
     * A pause before the next attempt: any time up to a bound that doubles, "full jitter", so that
     * what failed together does not come back together.
     *
     * @param attempts how many have failed, from 1
     */
    Duration pause(int attempts, RandomGenerator random) {
        int doublings = Math.min(attempts - 1, 40);
        long bound = longestPause.toMillis();
        long first = Math.min(firstPause.toMillis(), bound);
        long most = first > (bound >> doublings) ? bound : first << doublings;
        return Duration.ofMillis(random.nextLong(most + 1));
    }

    private static boolean isPositive(Duration time) {
        return time.toMillis() > 0;
    }
}
