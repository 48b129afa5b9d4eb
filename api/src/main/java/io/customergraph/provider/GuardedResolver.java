package io.customergraph.provider;

import io.netty.channel.EventLoop;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.resolver.AbstractAddressResolver;
import io.netty.resolver.AddressResolver;
import io.netty.resolver.AddressResolverGroup;
import io.netty.resolver.dns.DnsNameResolverBuilder;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Promise;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Gives only addresses that may be connected to. It is asked for every connection, also for one to
 * an address that is written out, and the address that it gives is the one that is connected to: a
 * name that resolves to another address a moment later gains nothing.
 */
final class GuardedResolver extends AddressResolverGroup<InetSocketAddress> {

    private final Function<EventExecutor, AddressResolver<InetSocketAddress>> names;
    private final Predicate<InetAddress> isAllowed;

    /** Asks the DNS of this machine, without blocking. */
    GuardedResolver(Predicate<InetAddress> isAllowed) {
        this(GuardedResolver::dns, isAllowed);
    }

    GuardedResolver(
            Function<EventExecutor, AddressResolver<InetSocketAddress>> names,
            Predicate<InetAddress> isAllowed) {
        this.names = names;
        this.isAllowed = isAllowed;
    }

    private static AddressResolver<InetSocketAddress> dns(EventExecutor executor) {
        return new DnsNameResolverBuilder((EventLoop) executor)
                .datagramChannelType(NioDatagramChannel.class)
                .build()
                .asAddressResolver();
    }

    /** The address that a host has is none to connect to. */
    static final class ForbiddenAddress extends RuntimeException {

        private static final long serialVersionUID = 1L;

        ForbiddenAddress() {
            super("Not an address of the public network", null, false, false);
        }
    }

    @Override
    protected AddressResolver<InetSocketAddress> newResolver(EventExecutor executor) {
        return new Guard(executor, names.apply(executor), isAllowed);
    }

    private static final class Guard extends AbstractAddressResolver<InetSocketAddress> {

        private final AddressResolver<InetSocketAddress> names;
        private final Predicate<InetAddress> isAllowed;

        Guard(
                EventExecutor executor,
                AddressResolver<InetSocketAddress> names,
                Predicate<InetAddress> isAllowed) {
            super(executor, InetSocketAddress.class);
            this.names = names;
            this.isAllowed = isAllowed;
        }

        /** None is, before it was looked at. */
        @Override
        protected boolean doIsResolved(InetSocketAddress address) {
            return false;
        }

        @Override
        protected void doResolve(InetSocketAddress address, Promise<InetSocketAddress> promise) {
            all(address, promise, allowed -> promise.trySuccess(allowed.getFirst()));
        }

        @Override
        protected void doResolveAll(
                InetSocketAddress address, Promise<List<InetSocketAddress>> promise) {
            all(address, promise, promise::trySuccess);
        }

        private void all(
                InetSocketAddress address,
                Promise<?> promise,
                Consumer<List<InetSocketAddress>> give) {
            if (!address.isUnresolved()) {
                check(List.of(address), promise, give);
                return;
            }
            names.resolveAll(address)
                    .addListener(
                            found -> {
                                if (found.isSuccess()) {
                                    @SuppressWarnings(
                                            "unchecked") // What a resolver of these gives.
                                    List<InetSocketAddress> addresses =
                                            (List<InetSocketAddress>) found.getNow();
                                    check(addresses, promise, give);
                                } else {
                                    promise.tryFailure(found.cause());
                                }
                            });
        }

        private void check(
                List<InetSocketAddress> addresses,
                Promise<?> promise,
                Consumer<List<InetSocketAddress>> give) {
            List<InetSocketAddress> allowed = new ArrayList<>(addresses);
            allowed.removeIf(one -> !isAllowed.test(one.getAddress()));
            if (allowed.isEmpty()) {
                promise.tryFailure(new ForbiddenAddress());
            } else {
                give.accept(allowed);
            }
        }

        @Override
        public void close() {
            names.close();
        }
    }
}
