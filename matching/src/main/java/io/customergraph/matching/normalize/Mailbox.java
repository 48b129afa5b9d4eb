package io.customergraph.matching.normalize;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Where mail to an address ends up, by what its provider publishes. The rules and their sources are
 * in {@code mailbox-providers.txt}; a domain that is not there has none.
 *
 * @param throwaway the address is one that its provider makes for its owner to give away and drop
 */
record Mailbox(String address, boolean throwaway) {

    private static final int DOMAINS = 5;
    private static final String NONE = "none";
    private static final Map<String, Rule> RULES = rules();

    static Mailbox of(EmailParts parts) {
        String address = parts.address();
        if (parts.quoted()) {
            return new Mailbox(address, false);
        }
        String domain = parts.domain();
        Rule rule = RULES.get(domain);
        if (rule == null) {
            return bySubdomain(parts, domain);
        }
        String local = parts.local();
        int tag = local.indexOf(rule.tag(), 1);
        String user = rule.user(tag < 0 ? local : local.substring(0, tag));
        boolean throwaway = tag > 0 && rule.tag() == '-';
        if (user.equals(local) && rule.domain().equals(domain)) {
            return new Mailbox(address, throwaway);
        }
        return new Mailbox(user + '@' + rule.domain(), throwaway);
    }

    /** {@code anything@user.provider} reaches {@code user@provider} where the provider says so. */
    private static Mailbox bySubdomain(EmailParts parts, String domain) {
        int dot = domain.indexOf('.');
        Rule rule = RULES.get(domain.substring(dot + 1));
        if (rule == null || !rule.subdomains()) {
            return new Mailbox(parts.address(), false);
        }
        return new Mailbox(domain.substring(0, dot) + '@' + rule.domain(), false);
    }

    private static Map<String, Rule> rules() {
        Map<String, Rule> rules = new HashMap<>();
        for (String line : WordList.lines("mailbox-providers.txt")) {
            String[] column = line.split("\\s+");
            for (String domain : List.of(column).subList(DOMAINS, column.length)) {
                Rule rule =
                        new Rule(
                                column[4].equals("own") ? domain : column[4],
                                column[0].charAt(0),
                                column[1].equals(NONE) ? "" : column[1],
                                column[2].equals(NONE) ? "" : column[2],
                                column[3].equals("subdomains"));
                if (rules.put(domain, rule) != null) {
                    throw new IllegalStateException("Two rules for " + domain);
                }
            }
        }
        return Map.copyOf(rules);
    }

    /**
     * @param domain the one domain that stands for all of the provider's
     * @param tag what begins the part that the provider drops
     * @param ignored characters that the provider does not look at
     * @param dots characters that it takes for dots
     * @param subdomains whether the user may stand in the domain
     */
    private record Rule(String domain, char tag, String ignored, String dots, boolean subdomains) {

        String user(String local) {
            if (ignored.isEmpty() && dots.isEmpty()) {
                return local;
            }
            StringBuilder user = new StringBuilder(local.length());
            for (int i = 0; i < local.length(); i++) {
                char c = local.charAt(i);
                if (dots.indexOf(c) >= 0) {
                    user.append('.');
                } else if (ignored.indexOf(c) < 0) {
                    user.append(c);
                }
            }
            return user.isEmpty() ? local : user.toString();
        }
    }
}
