package io.customergraph.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Stands between a client and a server of this machine and counts how often the client sends after
 * it was answered: the round trips that a network would charge for.
 */
final class DelayingRelay implements AutoCloseable {

    private static final int BUFFER = 1 << 16;

    private final ServerSocket listening;
    private final int server;
    private final Duration delay;
    private final AtomicInteger roundTrips = new AtomicInteger();
    private final AtomicBoolean isAnswered = new AtomicBoolean(true);

    DelayingRelay(int server, Duration delay) {
        this.server = server;
        this.delay = delay;
        try {
            this.listening = new ServerSocket(0, 8, InetAddress.getLoopbackAddress());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        Thread.ofVirtual().start(this::accept);
    }

    int port() {
        return listening.getLocalPort();
    }

    int roundTrips() {
        return roundTrips.get();
    }

    void startCounting() {
        roundTrips.set(0);
        isAnswered.set(true);
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                Socket client = listening.accept();
                Socket database = new Socket(InetAddress.getLoopbackAddress(), server);
                client.setTcpNoDelay(true);
                database.setTcpNoDelay(true);
                Thread.ofVirtual().start(() -> relay(client, database, true));
                Thread.ofVirtual().start(() -> relay(database, client, false));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void relay(Socket from, Socket to, boolean isAsking) {
        byte[] buffer = new byte[BUFFER];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
                if (isAsking) {
                    if (isAnswered.compareAndSet(true, false)) {
                        roundTrips.incrementAndGet();
                    }
                } else {
                    Thread.sleep(delay);
                    isAnswered.set(true);
                }
                out.write(buffer, 0, length);
                out.flush();
            }
        } catch (IOException closed) {
            // One side hung up; try-with-resources hangs up on the other.
            return;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        try {
            listening.close();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
