package io.customergraph.matching.normalize;

import java.util.Set;

/**
 * Tells a person's own address from a role's, a throw-away one and one that was typed to get past a
 * form.
 */
final class EmailQuality {

    private static final Set<String> ROLES = WordList.words("role-local-parts.txt");
    private static final Set<String> DISPOSABLE = WordList.words("disposable-domains.txt");
    private static final Set<String> ANYWHERE = WordList.words("placeholder-local-parts.txt");
    private static final Set<String> DOUBLED = WordList.words("placeholder-doubled.txt");

    private EmailQuality() {}

    static Quality of(EmailParts parts, Mailbox mailbox) {
        String local = word(parts.address(), parts.at());
        String domain = parts.domain();
        if (isPlaceholder(local, domain)) {
            return Quality.UNUSABLE;
        }
        if (parts.suspicious()
                || mailbox.throwaway()
                || ROLES.contains(local)
                || isDisposable(domain)) {
            return Quality.WEAK;
        }
        return Quality.IDENTITY;
    }

    private static boolean isPlaceholder(String local, String domain) {
        if (ANYWHERE.contains(local) || domain.charAt(domain.length() - 2) == '.') {
            return true;
        }
        return domain.startsWith(local)
                && domain.charAt(local.length()) == '.'
                && (DOUBLED.contains(local) || local.chars().allMatch(c -> c == local.charAt(0)));
    }

    private static boolean isDisposable(String domain) {
        if (DISPOSABLE.contains(domain)) {
            return true;
        }
        int dot = domain.indexOf('.');
        int next = domain.indexOf('.', dot + 1);
        return next > 0 && isDisposable(domain.substring(dot + 1));
    }

    /**
     * The local part before a tag, without what people separate words by: {@code no-reply}, {@code
     * no.reply} are one.
     */
    private static String word(String address, int at) {
        int plus = address.indexOf('+', 1);
        int end = plus > 0 && plus < at ? plus : at;
        StringBuilder word = null;
        for (int i = 0; i < end; i++) {
            char c = address.charAt(i);
            boolean separator = c == '.' || c == '-' || c == '_';
            if (separator && word == null) {
                word = new StringBuilder(end).append(address, 0, i);
            } else if (!separator && word != null) {
                word.append(c);
            }
        }
        return word == null ? address.substring(0, end) : word.toString();
    }
}
