package io.customergraph.matching.normalize;

/**
 * A syntactically right address, taken apart.
 *
 * @param address the whole, in lower case
 * @param at where the {@code @} before the domain stands in {@code address}
 * @param suspicious whether the domain, as people see it, looks made to be mistaken for another
 */
record EmailParts(String address, int at, boolean suspicious) {

    /** RFC 5321, 4.5.3.1.1. */
    static final int MAX_LOCAL = 64;

    /** RFC 5321, 4.5.3.1.3 allows a path of 256 octets, two of which are its angle brackets. */
    static final int MAX_ADDRESS = 254;

    /** Longer input is not looked at. An address with a long display name is well below. */
    static final int MAX_INPUT = 1000;

    String local() {
        return address.substring(0, at);
    }

    String domain() {
        return address.substring(at + 1);
    }

    boolean quoted() {
        return address.charAt(0) == '"';
    }
}
