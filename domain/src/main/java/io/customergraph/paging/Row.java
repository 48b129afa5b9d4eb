package io.customergraph.paging;

import io.r2dbc.spi.Readable;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Reads columns by their place, which costs no lookup of names. */
public final class Row {

    private Row() {}

    public static UUID id(Readable row, int column) {
        return required(row.get(column, UUID.class), column);
    }

    public static @Nullable UUID idOrNull(Readable row, int column) {
        return row.get(column, UUID.class);
    }

    public static String text(Readable row, int column) {
        return required(row.get(column, String.class), column);
    }

    public static @Nullable String textOrNull(Readable row, int column) {
        return row.get(column, String.class);
    }

    public static Instant time(Readable row, int column) {
        return required(row.get(column, Instant.class), column);
    }

    public static @Nullable Instant timeOrNull(Readable row, int column) {
        return row.get(column, Instant.class);
    }

    public static int number(Readable row, int column) {
        return required(row.get(column, Integer.class), column);
    }

    public static @Nullable Integer numberOrNull(Readable row, int column) {
        return row.get(column, Integer.class);
    }

    public static long bigNumber(Readable row, int column) {
        return required(row.get(column, Long.class), column);
    }

    public static @Nullable Long bigNumberOrNull(Readable row, int column) {
        return row.get(column, Long.class);
    }

    public static BigDecimal decimal(Readable row, int column) {
        return required(row.get(column, BigDecimal.class), column);
    }

    public static @Nullable BigDecimal decimalOrNull(Readable row, int column) {
        return row.get(column, BigDecimal.class);
    }

    public static boolean flag(Readable row, int column) {
        return required(row.get(column, Boolean.class), column);
    }

    public static @Nullable Boolean flagOrNull(Readable row, int column) {
        return row.get(column, Boolean.class);
    }

    public static List<String> texts(Readable row, int column) {
        return List.of(required(row.get(column, String[].class), column));
    }

    private static <T> T required(@Nullable T value, int column) {
        if (value == null) {
            throw new IllegalStateException("Column " + column + " is null and must not be");
        }
        return value;
    }
}
