package io.customergraph.customer;

/** What a list of customers is ordered by. */
public record CustomerSort(By by, boolean isDescending) {

    public static final CustomerSort NEWEST_FIRST = new CustomerSort(By.CREATED_AT, true);

    /** The orders that an index serves. */
    public enum By {
        CREATED_AT("c.created_at", "timestamptz"),
        UPDATED_AT("c.updated_at", "timestamptz"),
        /** One never contacted counts as contacted longest ago. */
        LAST_CONTACT_AT(
                "coalesce(c.last_contact_at, '-infinity'::timestamptz)", "timestamptz"),
        NAME("c.sort_name", "text");

        private final String expression;
        private final String type;

        By(String expression, String type) {
            this.expression = expression;
            this.type = type;
        }

        String expression() {
            return expression;
        }

        /** What a cursor's key, which is text, is cast to. */
        String type() {
            return type;
        }
    }
}
