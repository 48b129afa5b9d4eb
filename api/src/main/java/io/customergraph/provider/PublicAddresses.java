package io.customergraph.provider;

import io.netty.handler.ipfilter.IpFilterRuleType;
import io.netty.handler.ipfilter.IpSubnetFilterRule;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Which addresses are of the public network, by the special-purpose registries of IANA (RFC 6890).
 * A provider's address is never another: what is behind it would be ours, or the cloud's.
 */
final class PublicAddresses {

    private static final List<IpSubnetFilterRule> SPECIAL =
            Stream.of(
                            "0.0.0.0/8",
                            "10.0.0.0/8",
                            "100.64.0.0/10",
                            "127.0.0.0/8",
                            "169.254.0.0/16",
                            "172.16.0.0/12",
                            "192.0.0.0/24",
                            "192.0.2.0/24",
                            "192.88.99.0/24",
                            "192.168.0.0/16",
                            "198.18.0.0/15",
                            "198.51.100.0/24",
                            "203.0.113.0/24",
                            "224.0.0.0/3",
                            // IPv6 has one block that is public; in it are these that are not.
                            "2001::/23",
                            "2001:db8::/32",
                            "2002::/16",
                            "3fff::/20")
                    .map(PublicAddresses::rule)
                    .toList();

    private static final IpSubnetFilterRule GLOBAL_IPV6 = rule("2000::/3");
    private static final IpSubnetFilterRule NAT64 = rule("64:ff9b::/96");
    private static final int IPV4_LENGTH = 4;

    private PublicAddresses() {}

    static boolean contains(InetAddress address) {
        if (address instanceof Inet6Address six) {
            byte[] bytes = six.getAddress();
            if (isMapped(bytes) || NAT64.matches(socket(six))) {
                return contains(ipv4(bytes));
            }
            if (!GLOBAL_IPV6.matches(socket(six))) {
                return false;
            }
        }
        InetSocketAddress socket = socket(address);
        return SPECIAL.stream().noneMatch(block -> block.matches(socket));
    }

    /** {@code ::ffff:a.b.c.d} and the older {@code ::a.b.c.d} are connected to as IPv4. */
    private static boolean isMapped(byte[] bytes) {
        for (int i = 0; i < 10; i++) {
            if (bytes[i] != 0) {
                return false;
            }
        }
        return (bytes[10] == -1 && bytes[11] == -1) || (bytes[10] == 0 && bytes[11] == 0);
    }

    private static InetAddress ipv4(byte[] bytes) {
        try {
            return InetAddress.getByAddress(
                    Arrays.copyOfRange(bytes, bytes.length - IPV4_LENGTH, bytes.length));
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static InetSocketAddress socket(InetAddress address) {
        return new InetSocketAddress(address, 0);
    }

    private static IpSubnetFilterRule rule(String block) {
        String[] parts = block.split("/", 2);
        return new IpSubnetFilterRule(
                parts[0], Integer.parseInt(parts[1]), IpFilterRuleType.REJECT);
    }
}
