package io.customergraph.matching.normalize;

import org.jspecify.annotations.Nullable;

import java.util.Optional;

/**
 * An e-mail address in two forms.
 *
 * <p>{@code normalized} is the identity: it is written differently, but is the same address (case,
 * width of letters, the domain in ASCII, quotes that change nothing). {@code canonical} goes one
 * step further and applies what the mailbox's provider says about addresses that reach one mailbox;
 * where nothing is known of the domain both are equal, since {@code a+b} may well be a mailbox of
 * its own. RFC 5321 leaves the case of the local part to the receiver; no provider of note tells
 * cases apart, people do not either.
 *
 * @param normalized local part and domain in lower case, the domain in ASCII
 * @param canonical the mailbox that the provider delivers to
 * @param quality what the address may prove
 */
public record Email(String normalized, String canonical, Quality quality) {

    /**
     * Reads an address out of {@code raw}: bare, in angle brackets, behind a display name or as a
     * {@code mailto:} URI.
     *
     * <p>Empty when there is none, or not exactly one, in the syntax and lengths of RFC 5321 and
     * RFC 6531. Address literals ({@code a@[192.0.2.1]}), dotless domains and comments are taken
     * for none: no customer has such an address.
     */
    public static Optional<Email> of(@Nullable String raw) {
        if (raw == null) {
            return Optional.empty();
        }
        EmailParts parts = AsciiEmail.parse(raw);
        if (parts == null) {
            parts = WrittenEmail.parse(raw);
        }
        return parts == null ? Optional.empty() : Optional.of(of(parts));
    }

    private static Email of(EmailParts parts) {
        String normalized = parts.address();
        Mailbox mailbox = Mailbox.of(parts);
        return new Email(normalized, mailbox.address(), EmailQuality.of(parts, mailbox));
    }

    /** What follows the last {@code @} of the normalised address, in ASCII. */
    public String domain() {
        return normalized.substring(normalized.lastIndexOf('@') + 1);
    }
}
