package io.customergraph.matching.compare;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** Which given name a short form stands for; the list is the file beside this package. */
final class Nicknames {

    private static final Map<String, String> ROOTS = read();

    private Nicknames() {}

    /** The name that people of all its short forms have in common; the name itself if unknown. */
    static String root(String name) {
        return ROOTS.getOrDefault(name, name);
    }

    private static Map<String, String> read() {
        Map<String, String> roots = new HashMap<>();
        try (InputStream file = Nicknames.class.getResourceAsStream("nicknames.txt")) {
            if (file == null) {
                throw new IllegalStateException("nicknames.txt is not on the class path");
            }
            new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(line -> line.strip().split(" "))
                    .forEach(
                            names -> {
                                for (String name : names) {
                                    roots.putIfAbsent(name, names[0]);
                                }
                            });
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return Map.copyOf(roots);
    }
}
