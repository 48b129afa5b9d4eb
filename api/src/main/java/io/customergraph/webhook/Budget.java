package io.customergraph.webhook;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** What all requests that are worked at may take of this server together. */
final class Budget {

    private final int mostRequests;
    private final long mostBytes;
    private final AtomicInteger requests = new AtomicInteger();
    private final AtomicLong bytes = new AtomicLong();

    Budget(int mostRequests, long mostBytes) {
        this.mostRequests = mostRequests;
        this.mostBytes = mostBytes;
    }

    /** One request's part; it is to be closed when the request is answered. */
    final class Share implements AutoCloseable {

        private final AtomicLong taken = new AtomicLong();

        /** Takes memory; whether there is that much. */
        boolean take(int count) {
            taken.addAndGet(count);
            return bytes.addAndGet(count) <= mostBytes;
        }

        @Override
        public void close() {
            bytes.addAndGet(-taken.getAndSet(0));
            requests.decrementAndGet();
        }
    }

    /** A request's part, which may be one too many: see {@link #isSpent}. */
    Share share() {
        requests.incrementAndGet();
        return new Share();
    }

    boolean isSpent() {
        return requests.get() > mostRequests || bytes.get() > mostBytes;
    }
}
