package io.customergraph.provider;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.resolver.AddressResolver;
import io.netty.resolver.InetNameResolver;
import io.netty.util.concurrent.DefaultEventExecutor;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;

class GuardedResolverTest {

    private static final EventExecutor EXECUTOR = new DefaultEventExecutor();
    private static final InetSocketAddress HOST =
            InetSocketAddress.createUnresolved("rebinding.example", 443);

    private static final InetSocketAddress OURS =
            new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 443);

    @AfterAll
    static void stop() {
        EXECUTOR.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }

    /** A DNS server in somebody else's hands: it answers each question as it likes. */
    private static final class TheirNames extends InetNameResolver {

        private final Deque<List<String>> answers;

        TheirNames(EventExecutor executor, List<List<String>> answers) {
            super(executor);
            this.answers = new ArrayDeque<>(answers);
        }

        @Override
        protected void doResolve(String host, Promise<InetAddress> promise)
                throws UnknownHostException {
            promise.setSuccess(InetAddress.getByName(answers.remove().getFirst()));
        }

        @Override
        protected void doResolveAll(String host, Promise<List<InetAddress>> promise)
                throws UnknownHostException {
            List<InetAddress> addresses = new ArrayList<>();
            for (String address : answers.remove()) {
                addresses.add(InetAddress.getByName(address));
            }
            promise.setSuccess(addresses);
        }
    }

    private static AddressResolver<InetSocketAddress> resolver(List<List<String>> answers) {
        GuardedResolver group =
                new GuardedResolver(
                        executor -> new TheirNames(executor, answers).asAddressResolver(),
                        PublicAddresses::contains);
        return group.getResolver(EXECUTOR);
    }

    @Test
    void a_name_that_points_elsewhere_at_the_second_look_gains_nothing()
            throws InterruptedException {
        AddressResolver<InetSocketAddress> resolver =
                resolver(List.of(List.of("8.8.8.8"), List.of("169.254.169.254")));

        assertThat(resolver.resolve(HOST).await().getNow().getAddress().getHostAddress())
                .isEqualTo("8.8.8.8");
        Future<InetSocketAddress> second = resolver.resolve(HOST).await();
        assertThat(second.cause()).isInstanceOf(GuardedResolver.ForbiddenAddress.class);
    }

    @Test
    void of_several_addresses_those_that_are_ours_are_left_out() throws InterruptedException {
        AddressResolver<InetSocketAddress> resolver =
                resolver(
                        List.of(
                                List.of("127.0.0.1", "1.1.1.1", "10.0.0.1"),
                                List.of("127.0.0.1", "8.8.4.4")));

        assertThat(resolver.resolveAll(HOST).await().getNow())
                .extracting(allowed -> allowed.getAddress().getHostAddress())
                .containsExactly("1.1.1.1");
        assertThat(resolver.resolve(HOST).await().getNow().getAddress().getHostAddress())
                .isEqualTo("8.8.4.4");
    }

    @Test
    void an_address_that_is_written_out_is_looked_at_too() throws InterruptedException {
        AddressResolver<InetSocketAddress> resolver = resolver(List.of());

        assertThat(resolver.isResolved(OURS)).isFalse();
        assertThat(resolver.resolve(OURS).await().cause())
                .isInstanceOf(GuardedResolver.ForbiddenAddress.class);
        InetSocketAddress dns = new InetSocketAddress(InetAddress.ofLiteral("8.8.8.8"), 443);
        assertThat(resolver.resolve(dns).await().isSuccess()).isTrue();
    }
}
