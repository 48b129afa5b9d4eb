package io.customergraph.integration;

import io.customergraph.matching.normalize.Phone;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * One field of the form that connects an account.
 *
 * @param name unique within the form, snake case
 * @param isAccount whether the value names the account, of which there is one such field at most
 * @param pattern what a value has to match as a whole; null for any text, a country, and a choice
 * @param suffix what is added to a host that is given by its first label alone; null for none
 * @param options of a choice, and of nothing else
 */
public record FormField(
        String name,
        String label,
        Type type,
        boolean isRequired,
        boolean isAccount,
        @Nullable String pattern,
        @Nullable String suffix,
        List<Option> options,
        String help) {

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,39}");

    /** How a field is entered and kept. */
    public enum Type {
        TEXT,
        /** Encrypted, and never shown again. */
        SECRET,
        /** The name of a host; pasted addresses are understood. */
        HOST,
        /** ISO 3166-1 alpha-2: a country in which phones are dialled. */
        COUNTRY,
        /** One of the options. */
        CHOICE
    }

    /** One value of a choice. */
    public record Option(String value, String label) {}

    @SuppressWarnings("ConstantValue") // A data file may leave the options out.
    public FormField {
        options = options == null ? List.of() : List.copyOf(options);
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("A field is named in snake case: " + name);
        }
        if ((type == Type.CHOICE) == options.isEmpty()) {
            throw new IllegalArgumentException("A choice and nothing else has options: " + name);
        }
        if (type == Type.SECRET && isAccount) {
            throw new IllegalArgumentException("An account's name is no secret: " + name);
        }
        if (type == Type.HOST && pattern == null) {
            throw new IllegalArgumentException("A host without a pattern is any host: " + name);
        }
        if (pattern != null) {
            Pattern.compile(pattern);
        }
    }

    public boolean isSecret() {
        return type == Type.SECRET;
    }

    /** The value as it is kept: without blanks around it, and of an address only the host. */
    String normalised(String value) {
        String stripped = value.strip();
        if (type != Type.HOST) {
            return stripped;
        }
        String host = stripped.toLowerCase(Locale.ROOT).replaceFirst("^https?://", "");
        int path = host.indexOf('/');
        host = path < 0 ? host : host.substring(0, path);
        return suffix == null || host.contains(".") ? host : host + suffix;
    }

    /** Whether a normalised value is one of the field. */
    boolean accepts(String value) {
        return switch (type) {
            case CHOICE -> options.stream().anyMatch(option -> option.value().equals(value));
            case COUNTRY -> Phone.isRegion(value);
            case TEXT, SECRET, HOST -> pattern == null || value.matches(pattern);
        };
    }
}
