package io.customergraph.limits;

import org.jspecify.annotations.Nullable;

import java.util.Collection;
import java.util.Map;

/**
 * Text that PostgreSQL can hold: Unicode without NUL. JSON and GraphQL can both write half of a
 * surrogate pair or a NUL by an escape; the database would fail on them, or store something else.
 */
final class StorableText {

    private StorableText() {}

    static boolean is(String text) {
        int length = text.length();
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (c == 0) {
                return false;
            }
            if (Character.isSurrogate(c)) {
                boolean isPair =
                        Character.isHighSurrogate(c)
                                && i + 1 < length
                                && Character.isLowSurrogate(text.charAt(i + 1));
                if (!isPair) {
                    return false;
                }
                i++;
            }
        }
        return true;
    }

    /** Whether all text within a value of a variable is; JSON's depth is bounded by its parser. */
    static boolean isAllOf(@Nullable Object value) {
        return switch (value) {
            case String text -> is(text);
            case Map<?, ?> object -> isAllOf(object.keySet()) && isAllOf(object.values());
            case Collection<?> list -> {
                for (Object element : list) {
                    if (!isAllOf(element)) {
                        yield false;
                    }
                }
                yield true;
            }
            case null, default -> true;
        };
    }
}
