package io.customergraph.matching.compare;

import org.jspecify.annotations.Nullable;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Compares dates of birth. Read are ISO 8601 ({@code 1971-06-24}, {@code 19710624}, with or without
 * a time after it), and day, month and year between slashes, dots, dashes or spaces; the day comes
 * first unless only the other order makes a date. A date after {@code latest} or before the year
 * 1000 is nobody's.
 */
public final class BirthDateComparator implements ValueComparator<BirthDateComparator.BirthDate> {

    private static final Pattern YEAR_FIRST =
            Pattern.compile("(\\d{4})([-/. ]?)(\\d{1,2})\\2(\\d{1,2})(?:[T ].*)?");
    private static final Pattern YEAR_LAST =
            Pattern.compile("(\\d{1,2})[-/. ](\\d{1,2})[-/. ](\\d{4})");

    private static final DateTimeFormatter BASIC = DateTimeFormatter.BASIC_ISO_DATE;

    private static final int EXACT = 0;
    private static final int ONE_EDIT = 1;
    private static final int TWO_PARTS = 2;
    private static final int SAME_YEAR = 3;
    private static final int NEAR = 4;
    private static final int DIFFERENT = 5;

    private static final int EARLIEST_YEAR = 1000;
    private static final int NEAR_YEARS = 10;

    private static final List<Level> LEVELS =
            List.of(
                    Level.byTerm("EXACT", "the same day", 0.85, 0.0001),
                    Level.of("ONE_EDIT", "one digit, or day and month swapped", 0.06, 0.0005),
                    Level.of("TWO_PARTS", "two of day, month and year agree", 0.03, 0.005),
                    Level.of("SAME_YEAR", "the same year", 0.02, 0.015),
                    Level.of("NEAR", "within ten years", 0.01, 0.25),
                    Level.of("DIFFERENT", "another date", 0.03, 0.73));

    private final LocalDate latest;

    public BirthDateComparator(LocalDate latest) {
        this.latest = latest;
    }

    /** A date; {@code term} is its eight digits. */
    public record BirthDate(String term, int year, int month, int day) implements Prepared {}

    @Override
    public List<Level> levels() {
        return LEVELS;
    }

    @Override
    public @Nullable BirthDate prepare(String raw) {
        String text = raw.strip();
        Matcher yearFirst = YEAR_FIRST.matcher(text);
        if (yearFirst.matches()) {
            return asTyped(yearFirst.group(1), yearFirst.group(3), yearFirst.group(4));
        }
        Matcher yearLast = YEAR_LAST.matcher(text);
        if (!yearLast.matches()) {
            return null;
        }
        BirthDate dayFirst = date(yearLast.group(3), yearLast.group(2), yearLast.group(1));
        return dayFirst != null
                ? dayFirst
                : date(yearLast.group(3), yearLast.group(1), yearLast.group(2));
    }

    /** Also a date that the calendar does not have: it is a mistyped one. */
    private @Nullable BirthDate asTyped(String year, String month, String day) {
        int number = Integer.parseInt(year);
        if (number < EARLIEST_YEAR || number > latest.getYear()) {
            return null;
        }
        BirthDate date = of(number, Integer.parseInt(month), Integer.parseInt(day));
        return date.term.compareTo(BASIC.format(latest)) > 0 ? null : date;
    }

    private @Nullable BirthDate date(String year, String month, String day) {
        try {
            LocalDate date =
                    LocalDate.of(
                            Integer.parseInt(year), Integer.parseInt(month), Integer.parseInt(day));
            return date.isAfter(latest) || date.getYear() < EARLIEST_YEAR
                    ? null
                    : of(date.getYear(), date.getMonthValue(), date.getDayOfMonth());
        } catch (DateTimeException none) {
            return null;
        }
    }

    private static BirthDate of(int year, int month, int day) {
        return new BirthDate("%04d%02d%02d".formatted(year, month, day), year, month, day);
    }

    @Override
    public int compare(BirthDate a, BirthDate b) {
        if (a.term.equals(b.term)) {
            return EXACT;
        }
        boolean isSwapped = a.year == b.year && a.month == b.day && a.day == b.month;
        if (isSwapped || TextDistance.isWithinOneEdit(a.term, b.term)) {
            return ONE_EDIT;
        }
        int parts =
                (a.year == b.year ? 1 : 0)
                        + (a.month == b.month ? 1 : 0)
                        + (a.day == b.day ? 1 : 0);
        if (parts == 2) {
            return TWO_PARTS;
        }
        if (a.year == b.year) {
            return SAME_YEAR;
        }
        return Math.abs(a.year - b.year) <= NEAR_YEARS ? NEAR : DIFFERENT;
    }
}
