package io.customergraph.customer;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.function.Function;

/** What a list of customers is ordered by. */
public record CustomerSort(By by, boolean isDescending) {

    public static final CustomerSort NEWEST_FIRST = new CustomerSort(By.CREATED_AT, true);

    /** The orders that an index serves. */
    @SuppressWarnings("ImmutableEnumChecker") // Its functions hold nothing.
    public enum By {
        CREATED_AT("c.created_at", "timestamptz", customer -> time(customer.createdAt())),
        UPDATED_AT("c.updated_at", "timestamptz", customer -> time(customer.updatedAt())),
        /** One never contacted counts as contacted longest ago. */
        LAST_CONTACT_AT(
                "coalesce(c.last_contact_at, '-infinity'::timestamptz)",
                "timestamptz",
                customer -> time(customer.lastContactAt())),
        NAME("c.sort_name", "text", Customer::sortName);

        private static final String NEVER = "-infinity";
        private static final Instant LONG_AGO = Instant.parse("0001-01-01T00:00:00Z");
        private static final Instant FAR_AHEAD = Instant.parse("9999-12-31T23:59:59.999999Z");

        private final String expression;
        private final String type;
        private final Function<Customer, String> key;

        By(String expression, String type, Function<Customer, String> key) {
            this.expression = expression;
            this.type = type;
            this.key = key;
        }

        String expression() {
            return expression;
        }

        /** What the customer is ordered by, as a cursor keeps it. */
        String key(Customer customer) {
            return key.apply(customer);
        }

        /** Whether a customer could have this key; PostgreSQL takes no other. */
        boolean isKey(String text) {
            return this == NAME || text.equals(NEVER) || isTime(text);
        }

        private static String time(@Nullable Instant time) {
            return time == null ? NEVER : time.toString();
        }

        private static boolean isTime(String text) {
            try {
                Instant time = Instant.parse(text);
                return !time.isBefore(LONG_AGO) && !time.isAfter(FAR_AHEAD);
            } catch (DateTimeParseException none) {
                return false;
            }
        }

        /** What a cursor's key, which is text, is cast to. */
        String type() {
            return type;
        }
    }
}
