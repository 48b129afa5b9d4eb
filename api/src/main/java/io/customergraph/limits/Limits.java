package io.customergraph.limits;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

import java.time.Duration;

/**
 * What one request may ask at most: {@code customergraph.limits.*}.
 *
 * @param tokens words and signs of a document
 * @param depth fields within fields
 * @param aliases fields under another name, fragments expanded
 * @param rootFields fields of one operation's root
 * @param directives {@code @include} and its like
 * @param fields fields of a document, fragments expanded
 * @param cost field values that the answer may hold, as far as that can be said before
 * @param pageSize what is reckoned for a list whose size the request does not say
 * @param validationErrors how many faults of one document are told
 * @param execution how long an execution may take before it is given up
 * @param body bytes of a request's body
 * @param bodyPause how long a client may fall silent within a body
 */
@ConfigurationProperties("customergraph.limits")
record Limits(
        @DefaultValue("5000") int tokens,
        @DefaultValue("15") int depth,
        @DefaultValue("30") int aliases,
        @DefaultValue("20") int rootFields,
        @DefaultValue("50") int directives,
        @DefaultValue("1000") int fields,
        @DefaultValue("50000") long cost,
        @DefaultValue("10") int pageSize,
        @DefaultValue("20") int validationErrors,
        @DefaultValue("10s") Duration execution,
        @DefaultValue("1MB") DataSize body,
        @DefaultValue("10s") Duration bodyPause) {

    /**
     * No connection gives more in a page, so no more is reckoned: its resolver refuses the rest.
     */
    static final int LARGEST_PAGE = 100;

    /** No mutation takes more at once. */
    static final int LARGEST_BATCH = 1_000;

    Limits {
        requirePositive("tokens", tokens);
        requirePositive("depth", depth);
        requirePositive("aliases", aliases);
        requirePositive("root-fields", rootFields);
        requirePositive("directives", directives);
        requirePositive("fields", fields);
        requirePositive("cost", cost);
        requirePositive("page-size", pageSize);
        requirePositive("validation-errors", validationErrors);
        requirePositive("execution", execution.toMillis());
        requirePositive("body", body.toBytes());
        requirePositive("body-pause", bodyPause.toMillis());
        if (body.toBytes() > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("customergraph.limits.body is over 2 GB");
        }
    }

    private static void requirePositive(String name, long value) {
        if (value <= 0) {
            throw new IllegalArgumentException("customergraph.limits." + name + " must be > 0");
        }
    }
}
