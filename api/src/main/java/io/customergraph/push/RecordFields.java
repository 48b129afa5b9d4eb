package io.customergraph.push;

import io.customergraph.matching.normalize.Phone;
import io.customergraph.money.Money;
import io.customergraph.sql.JsonRows;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the fields of an object that is as the schema says, and notes what the schema cannot tell:
 * a currency that there is not, a 29th of February that was none.
 *
 * @param path of the object within its record
 * @param flaws what was found wrong so far
 */
record RecordFields(JsonNode object, List<String> path, List<Flaw> flaws) {

    static RecordFields of(JsonNode record) {
        return new RecordFields(record, List.of(), new ArrayList<>(0));
    }

    RecordFields below(String field) {
        return new RecordFields(object.path(field), with(field), flaws);
    }

    List<RecordFields> each(String field) {
        List<RecordFields> each = new ArrayList<>();
        JsonNode items = object.path(field);
        for (int n = 0; n < items.size(); n++) {
            List<String> place = with(field);
            place.add(String.valueOf(n));
            each.add(new RecordFields(items.get(n), place, flaws));
        }
        return each;
    }

    boolean has(String field) {
        return object.has(field);
    }

    boolean flag(String field) {
        return object.path(field).asBoolean(false);
    }

    /** Null where it is left out or blank. */
    @Nullable String text(String field) {
        String text = object.path(field).asString("").strip();
        return text.isEmpty() ? null : text;
    }

    String text(String field, String otherwise) {
        String text = text(field);
        return text == null ? otherwise : text;
    }

    /** As it was sent: another spelling is another record. */
    String id(String field) {
        String id = object.path(field).asString("");
        if (!JsonRows.clean(id).equals(id)) {
            note(
                    field,
                    Flaw.Code.INVALID,
                    "Half of a character of two (a lone surrogate) is in it");
        }
        return id;
    }

    /** ISO 3166-1 alpha-2; null where it is left out. */
    @Nullable String region(String field) {
        String region = text(field);
        if (region != null && !Phone.isRegion(region)) {
            note(
                    field,
                    Flaw.Code.INVALID,
                    "There is no such country; ISO 3166-1 has two capitals, such as SA");
            return null;
        }
        return region;
    }

    List<String> texts(String field) {
        List<String> texts = new ArrayList<>();
        object.path(field).forEach(one -> texts.add(one.asString("")));
        return texts;
    }

    @Nullable Integer number(String field) {
        JsonNode number = object.path(field);
        return number.isNumber() ? Integer.valueOf(number.asInt()) : null;
    }

    /** To the microsecond, which is as exact as it is stored. */
    @Nullable Instant time(String field) {
        if (!has(field)) {
            return null;
        }
        try {
            return OffsetDateTime.parse(object.path(field).asString(""))
                    .toInstant()
                    .truncatedTo(ChronoUnit.MICROS);
        } catch (DateTimeException noTime) {
            note(
                    field,
                    Flaw.Code.INVALID,
                    "There was no such day or time of day; leap seconds are not counted");
            return null;
        }
    }

    Instant time(String field, Instant otherwise) {
        Instant time = time(field);
        return time == null ? otherwise : time;
    }

    BigDecimal decimal(String field) {
        return new BigDecimal(object.path(field).asString("0"));
    }

    @Nullable Money money(String field) {
        if (!has(field)) {
            return null;
        }
        RecordFields money = below(field);
        String currency = money.object.path("currency").asString("");
        if (!Money.isCurrency(currency)) {
            money.note("currency", Flaw.Code.UNKNOWN_CURRENCY, "ISO 4217 has no such currency");
            return null;
        }
        return new Money(money.decimal("amount"), currency);
    }

    void note(String field, Flaw.Code code, String message) {
        flaws.add(new Flaw(code, with(field), message));
    }

    private List<String> with(String field) {
        List<String> longer = new ArrayList<>(path);
        longer.add(field);
        return longer;
    }
}
