package io.customergraph.matching.normalize;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The lists beside this package: one entry a line, {@code #} starts a comment. */
final class WordList {

    private WordList() {}

    static Set<String> words(String file) {
        return lines(file).stream().collect(Collectors.toUnmodifiableSet());
    }

    static List<String> lines(String file) {
        try (InputStream in = WordList.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException("Not on the class path: " + file);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(
                            line ->
                                    line.indexOf('#') < 0
                                            ? line
                                            : line.substring(0, line.indexOf('#')))
                    .map(String::strip)
                    .filter(line -> !line.isEmpty())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(file, e);
        }
    }
}
