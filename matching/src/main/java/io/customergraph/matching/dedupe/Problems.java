package io.customergraph.matching.dedupe;

import java.util.EnumMap;
import java.util.Map;

/** What was wrong with a file's lines: how often, and where first. */
final class Problems {

    private static final int SHOWN = 5;

    /** What can be wrong with a line. */
    enum Kind {
        TOO_FEW_FIELDS("with fewer fields than the header; left out"),
        TOO_MANY_FIELDS("with more fields than the header; left out"),
        DUPLICATE_ID("with the id of an earlier line; left out"),
        WITHOUT_ID("without an id; left out"),
        NOT_IN_ENCODING("with characters that are not in the encoding; kept with what is readable"),
        EMPTY("with nothing of a person; kept as a person of its own");

        private final String words;

        Kind(String words) {
            this.words = words;
        }
    }

    private final Map<Kind, Long> counts = new EnumMap<>(Kind.class);
    private final Map<Kind, StringBuilder> lines = new EnumMap<>(Kind.class);

    void add(Kind kind, long line) {
        long count = counts.merge(kind, 1L, Long::sum);
        if (count <= SHOWN) {
            StringBuilder shown = lines.computeIfAbsent(kind, first -> new StringBuilder());
            shown.append(shown.isEmpty() ? "" : ", ").append(line);
        }
    }

    long count(Kind kind) {
        return counts.getOrDefault(kind, 0L);
    }

    /** A line for each kind: how many, what, and the first lines' numbers. */
    String describe() {
        StringBuilder text = new StringBuilder();
        counts.forEach(
                (kind, count) ->
                        text.append(
                                "  %,d line%s %s (line %s%s)%n"
                                        .formatted(
                                                count,
                                                count == 1 ? "" : "s",
                                                kind.words,
                                                lines.get(kind),
                                                count > SHOWN ? " …" : "")));
        return text.toString();
    }
}
