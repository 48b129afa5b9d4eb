package io.customergraph.provider.shopify;

import io.customergraph.provider.ProviderAnswer;

import org.springframework.http.HttpHeaders;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;

/**
 * When a shop said something, and what that makes of the versions in it. Shopify counts the time of
 * a change in whole seconds, and a record may change twice within one.
 */
final class AnswerTime {

    /** A shop's servers do not all know of a change at once. */
    private static final int SETTLED_AFTER_SECONDS = 10;

    private static final int CLOCKS_DIFFER_BY_SECONDS = 60;
    private static final int MICROS = 999_999;

    private AnswerTime() {}

    /** By the shop's own clock, where it tells; else by this one, early enough. */
    static Instant of(ProviderAnswer answer) {
        String date = answer.headers().getFirst(HttpHeaders.DATE);
        if (date != null) {
            try {
                return ZonedDateTime.parse(date.strip(), DateTimeFormatter.RFC_1123_DATE_TIME)
                        .toInstant();
            } catch (DateTimeException noTime) {
                return early();
            }
        }
        return early();
    }

    private static Instant early() {
        return Instant.now().minusSeconds(CLOCKS_DIFFER_BY_SECONDS);
    }

    /**
     * How new a version is that was read then. When its second has long passed, it is the last one
     * of that second, and newer than all that webhooks said within it; before, a webhook may know
     * more, and the next pass will tell.
     */
    static Instant version(Instant updated, Instant saidAt) {
        boolean isWholeSecond = updated.equals(updated.truncatedTo(ChronoUnit.SECONDS));
        return isWholeSecond && updated.plusSeconds(SETTLED_AFTER_SECONDS).isBefore(saidAt)
                ? updated.plus(MICROS, ChronoUnit.MICROS)
                : updated;
    }
}
