package io.customergraph.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;

/** The names that invented people have, in all the ways in which they are written. */
final class DemoNames {

    private static final List<Name> ALL = read();

    private DemoNames() {}

    /**
     * A name.
     *
     * @param latin the usual spelling first
     * @param arabic empty where there is none
     */
    record Name(boolean isGiven, String culture, List<String> latin, String arabic) {

        /** One of the ways to write it. */
        String spelling(SplittableRandom random, double arabicShare) {
            if (!arabic.isEmpty() && random.nextDouble() < arabicShare) {
                return arabic;
            }
            return random.nextDouble() < 0.75
                    ? latin.getFirst()
                    : latin.get(random.nextInt(latin.size()));
        }
    }

    static Name pick(boolean isGiven, String culture, SplittableRandom random) {
        List<Name> fitting =
                ALL.stream()
                        .filter(name -> name.isGiven() == isGiven)
                        .filter(name -> name.culture().equals(culture))
                        .toList();
        return fitting.get(random.nextInt(fitting.size()));
    }

    private static List<Name> read() {
        List<Name> names = new ArrayList<>();
        try (InputStream file = DemoNames.class.getResourceAsStream("/demo/names.txt");
                BufferedReader lines =
                        new BufferedReader(
                                new InputStreamReader(
                                        Objects.requireNonNull(file), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (!line.startsWith("#")) {
                    String[] parts = line.split(";", -1);
                    names.add(
                            new Name(
                                    parts[0].equals("given"),
                                    parts[1],
                                    List.of(parts[2].split(",", -1)),
                                    parts[3]));
                }
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return List.copyOf(names);
    }
}
