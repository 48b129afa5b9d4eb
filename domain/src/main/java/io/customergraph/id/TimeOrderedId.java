package io.customergraph.id;

import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Makes ids that grow with time (UUID version 7, RFC 9562 section 5.7), so that new rows land
 * beside each other in an index. They are names, not secrets.
 */
public final class TimeOrderedId {

    private static final long VERSION_7 = 0x7000L;
    private static final long VARIANT = 0x8000_0000_0000_0000L;

    private TimeOrderedId() {}

    public static UUID next() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        long high = (System.currentTimeMillis() << 16) | VERSION_7 | (random.nextLong() & 0x0FFFL);
        long low = VARIANT | (random.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL);
        return new UUID(high, low);
    }
}
