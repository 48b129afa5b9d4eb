package io.customergraph.graphql;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;

/**
 * Writes moments as {@link Instant#toString()} does, in a fraction of its time: a page of customers
 * has a thousand.
 */
final class Rfc3339 {

    private static final int SECONDS_A_DAY = 86_400;
    private static final String WITHOUT_FRACTION = "0000-00-00T00:00:00Z";
    private static final String IN_MILLIS = "0000-00-00T00:00:00.000Z";
    private static final String IN_MICROS = "0000-00-00T00:00:00.000000Z";

    private Rfc3339() {}

    static String write(Instant moment) {
        LocalDate day = LocalDate.ofEpochDay(Math.floorDiv(moment.getEpochSecond(), SECONDS_A_DAY));
        int nanos = moment.getNano();
        if (day.getYear() < 0 || day.getYear() > 9999 || nanos % 1_000 != 0) {
            return moment.toString();
        }
        int second = Math.floorMod(moment.getEpochSecond(), SECONDS_A_DAY);
        byte[] text = template(nanos).getBytes(StandardCharsets.ISO_8859_1);
        put(text, 0, 4, day.getYear());
        put(text, 5, 2, day.getMonthValue());
        put(text, 8, 2, day.getDayOfMonth());
        put(text, 11, 2, second / 3_600);
        put(text, 14, 2, second / 60 % 60);
        put(text, 17, 2, second % 60);
        if (nanos % 1_000_000 != 0) {
            put(text, 20, 6, nanos / 1_000);
        } else if (nanos != 0) {
            put(text, 20, 3, nanos / 1_000_000);
        }
        return new String(text, StandardCharsets.ISO_8859_1);
    }

    private static String template(int nanos) {
        if (nanos == 0) {
            return WITHOUT_FRACTION;
        }
        return nanos % 1_000_000 == 0 ? IN_MILLIS : IN_MICROS;
    }

    private static void put(byte[] text, int start, int digits, int number) {
        int rest = number;
        for (int i = start + digits - 1; i >= start; i--) {
            text[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
    }
}
