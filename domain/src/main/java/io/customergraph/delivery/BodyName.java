package io.customergraph.delivery;

import io.customergraph.id.TimeOrderedId;

import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a store calls what it keeps, {@code <day>/<two digits>/<id>}: the older ones of a tenant
 * come first, the work of a day is spread, and the name tells the time of its making.
 */
public record BodyName(String text) {

    private static final Pattern FORM =
            Pattern.compile("\\d{8}/[0-9a-f]{2}/([0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12})");

    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("uuuuMMdd").withZone(ZoneOffset.UTC);

    private static final int TIME = 16;

    public BodyName {
        if (!FORM.matcher(text).matches()) {
            throw new IllegalArgumentException("Not a name of a body");
        }
    }

    /** A name that there was never before. */
    public static BodyName next(InstantSource clock) {
        UUID id = TimeOrderedId.next();
        return new BodyName(
                "%s/%02x/%s"
                        .formatted(day(clock.instant()), id.getLeastSignificantBits() & 0xFF, id));
    }

    /** Of a text from outside; empty where it is no such name, so nothing climbs out of a store. */
    public static Optional<BodyName> of(String text) {
        return FORM.matcher(text).matches() ? Optional.of(new BodyName(text)) : Optional.empty();
    }

    /** The first part of the names of a day. */
    public static String day(Instant time) {
        return DAY.format(time);
    }

    /** When it was made, by the clock of the node that made it. */
    public Instant madeAt() {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalStateException(text);
        }
        return Instant.ofEpochMilli(
                UUID.fromString(matcher.group(1)).getMostSignificantBits() >>> TIME);
    }
}
