package io.customergraph.matching.compare;

import io.customergraph.matching.normalize.Email;
import io.customergraph.matching.normalize.Quality;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Compares e-mail addresses. One that is none still compares as the text it is; a placeholder
 * compares with nothing.
 */
public final class EmailComparator implements ValueComparator<EmailComparator.Address> {

    private static final int EXACT = 0;
    private static final int SAME_MAILBOX = 1;
    private static final int ONE_EDIT = 2;
    private static final int SAME_LOCAL = 3;
    private static final int SIMILAR = 4;
    private static final int DIFFERENT = 5;

    private static final double CLOSE = 0.92;
    private static final int TELLING = 5;

    private static final List<Level> LEVELS =
            List.of(
                    Level.byTerm("EXACT", "the same address", 0.80, 0.00005),
                    Level.of("SAME_MAILBOX", "another way to write the mailbox", 0.02, 0.000005),
                    Level.of("ONE_EDIT", "one letter or digit differs", 0.03, 0.00001),
                    Level.of("SAME_LOCAL", "the same name at another domain", 0.02, 0.0001),
                    Level.of("SIMILAR", "alike", 0.02, 0.0003),
                    Level.of("DIFFERENT", "another address", 0.11, 0.9995));

    /**
     * An address.
     *
     * @param mailbox where it is delivered
     * @param local the mailbox before the {@code @}
     */
    public record Address(String term, String mailbox, String local) implements Prepared {}

    @Override
    public List<Level> levels() {
        return LEVELS;
    }

    @Override
    public @Nullable Address prepare(String raw) {
        Optional<Email> email = Email.of(raw);
        if (email.isPresent()) {
            return email.get().quality() == Quality.UNUSABLE
                    ? null
                    : address(email.get().normalized(), email.get().canonical());
        }
        String text = raw.strip().toLowerCase(Locale.ROOT);
        return text.isEmpty() ? null : address(text, text);
    }

    private static Address address(String normalized, String mailbox) {
        int at = mailbox.lastIndexOf('@');
        return new Address(normalized, mailbox, at < 0 ? mailbox : mailbox.substring(0, at));
    }

    @Override
    public int compare(Address a, Address b) {
        if (a.term.equals(b.term)) {
            return EXACT;
        }
        if (a.mailbox.equals(b.mailbox)) {
            return SAME_MAILBOX;
        }
        boolean areTelling = Math.min(a.local.length(), b.local.length()) >= TELLING;
        if (areTelling && TextDistance.isWithinOneEdit(a.mailbox, b.mailbox)) {
            return ONE_EDIT;
        }
        if (a.local.equals(b.local)) {
            return SAME_LOCAL;
        }
        return areTelling && TextDistance.jaroWinkler(a.local, b.local) >= CLOSE
                ? SIMILAR
                : DIFFERENT;
    }
}
