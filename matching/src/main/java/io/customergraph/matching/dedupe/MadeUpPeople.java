package io.customergraph.matching.dedupe;

import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Records of people who do not exist: three in ten people have two to four, misspelt and with gaps.
 * Names and towns are as unequally common as real ones. The same seed makes the same people.
 */
final class MadeUpPeople {

    private static final List<String> SYLLABLES =
            List.of(
                    "ba", "ro", "mi", "ka", "le", "ta", "son", "der", "wil", "har", "ing", "ford",
                    "ma", "ne", "sa", "du", "pre", "cla", "ton", "ley", "er", "an", "o", "vi");

    private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz";
    private static final int EMAIL = 5;
    private static final double MISSPELT = 0.15;
    private static final double GAP = 0.08;
    private static final double GAP_OF_CONTACT = 0.35;

    private final SplittableRandom random;
    private final Names firstNames;
    private final Names lastNames;
    private final Names cities;

    MadeUpPeople(long seed) {
        this.random = new SplittableRandom(seed);
        this.firstNames = new Names(2_000, 3);
        this.lastNames = new Names(40_000, 4);
        this.cities = new Names(1_000, 3);
    }

    /** Writes a table with a header; {@code cluster} is the person. */
    void write(Writer out, int records) throws IOException {
        out.write("unique_id,first_name,surname,dob,city,postcode,email,phone,cluster\n");
        int person = 0;
        for (int record = 0; record < records; person++) {
            String[] fields = person();
            int times = random.nextInt(10) < 7 ? 1 : 2 + Math.max(0, random.nextInt(4) - 1);
            for (int n = 0; n < times && record < records; n++) {
                out.write(
                        record + "," + String.join(",", met(fields, n > 0)) + "," + person + "\n");
                record++;
            }
        }
    }

    private String[] person() {
        String first = firstNames.pick();
        String last = lastNames.pick();
        return new String[] {
            first,
            last,
            "%04d-%02d-%02d"
                    .formatted(
                            1940 + random.nextInt(66),
                            1 + random.nextInt(12),
                            1 + random.nextInt(28)),
            cities.pick(),
            "%c%c%d %d%c%c"
                    .formatted(
                            letter(),
                            letter(),
                            1 + random.nextInt(30),
                            random.nextInt(10),
                            letter(),
                            letter()),
            first + "." + last + random.nextInt(1_000) + "@mail.example",
            "+4477%08d".formatted(random.nextInt(100_000_000)),
        };
    }

    private char letter() {
        return Character.toUpperCase(LETTERS.charAt(random.nextInt(LETTERS.length())));
    }

    private String[] met(String[] fields, boolean isAgain) {
        String[] met = fields.clone();
        for (int field = 0; field < met.length; field++) {
            if (random.nextDouble() < (field < EMAIL ? GAP : GAP_OF_CONTACT)) {
                met[field] = "";
            } else if (isAgain && random.nextDouble() < MISSPELT) {
                met[field] = misspelt(met[field]);
            }
        }
        return met;
    }

    /** A letter left out, doubled, exchanged with the next, or another one. */
    private String misspelt(String value) {
        int at = random.nextInt(value.length() - 1);
        String before = value.substring(0, at);
        String after = value.substring(at + 1);
        return switch (random.nextInt(4)) {
            case 0 -> before + after;
            case 1 -> before + value.charAt(at) + value.charAt(at) + after;
            case 2 -> before + value.charAt(at + 1) + value.charAt(at) + value.substring(at + 2);
            default -> before + another(value.charAt(at)) + after;
        };
    }

    private char another(char c) {
        return Character.isDigit(c)
                ? (char) ('0' + random.nextInt(10))
                : LETTERS.charAt(random.nextInt(LETTERS.length()));
    }

    /** Words of which the n-th is met with a frequency of about one to n. */
    private final class Names {

        private final List<String> words = new ArrayList<>();
        private final double[] upTo;

        Names(int count, int syllables) {
            double sum = 0;
            upTo = new double[count];
            for (int n = 0; n < count; n++) {
                StringBuilder word = new StringBuilder();
                for (int syllable = random.nextInt(2); syllable < syllables; syllable++) {
                    word.append(SYLLABLES.get(random.nextInt(SYLLABLES.size())));
                }
                words.add(word.append(SYLLABLES.get(random.nextInt(SYLLABLES.size()))).toString());
                sum += 1 / Math.pow(n + 1.0, 0.8);
                upTo[n] = sum;
            }
        }

        String pick() {
            int found = Arrays.binarySearch(upTo, random.nextDouble() * upTo[upTo.length - 1]);
            return words.get(Math.min(found < 0 ? -found - 1 : found, words.size() - 1));
        }
    }
}
